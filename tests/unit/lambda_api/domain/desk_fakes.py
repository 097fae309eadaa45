"""The desk's half of the store in memory, under the same conditions as the table."""

from dataclasses import dataclass, field
from datetime import datetime

from msgspec.structs import replace

from lambda_api.escalations.desk_records import Session, SignInCode, SignIns
from lambda_api.escalations.errors import ConflictError
from lambda_api.escalations.models import Escalation, HumanAgent
from lambda_api.escalations.outlines import Outline
from lambda_api.escalations.records import OutboxItem


@dataclass
class MemoryDesk:
    rows: dict[str, Escalation] = field(default_factory=dict)
    items: dict[str, OutboxItem] = field(default_factory=dict)
    roster: dict[str, HumanAgent] = field(default_factory=dict)
    asked: dict[str, SignIns] = field(default_factory=dict)
    codes: dict[str, SignInCode] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    touched: int = 0

    def sign_ins(self, who: str) -> SignIns | None:
        return self.asked.get(who)

    def ask_sign_in(
        self, asked: SignIns, *, before: SignIns | None, code: SignInCode, outbox: tuple[OutboxItem, ...]
    ) -> None:
        if self.asked.get(asked.who) != before:
            raise ConflictError
        self.asked[asked.who] = asked
        self.codes[code.code_hash] = code
        self.items |= {one.id: one for one in outbox}

    def sign_in_code(self, code_hash: str) -> SignInCode | None:
        return self.codes.get(code_hash)

    def begin_session(self, session: Session, *, code_hash: str) -> None:
        if self.codes.pop(code_hash, None) is None:
            raise ConflictError
        self.sessions[session.cookie_hash] = session

    def session(self, cookie_hash: str) -> Session | None:
        return self.sessions.get(cookie_hash)

    def touch_session(self, cookie_hash: str, *, at: datetime) -> None:
        self.touched += 1
        if cookie_hash in self.sessions:
            self.sessions[cookie_hash] = replace(self.sessions[cookie_hash], acted_at=at)

    def end_session(self, cookie_hash: str) -> None:
        self.sessions.pop(cookie_hash, None)

    def set_away(self, human_agent_id: str, since: datetime | None) -> None:
        if human_agent_id in self.roster:
            self.roster[human_agent_id] = replace(self.roster[human_agent_id], away_since=since)

    def open_outlines(self) -> tuple[Outline, ...]:
        return tuple(Outline.of(row) for row in self.rows.values() if row.is_open)

    def outlines_since(self, start: datetime) -> tuple[Outline, ...]:
        return tuple(Outline.of(row) for row in self.rows.values() if row.created_at >= start)
