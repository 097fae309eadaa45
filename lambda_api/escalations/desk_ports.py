"""What the desk needs of the store."""

from datetime import datetime
from typing import Protocol

from lambda_api.escalations.desk_records import Session, SignInCode, SignIns
from lambda_api.escalations.outlines import Outline
from lambda_api.escalations.records import OutboxItem


class DeskStore(Protocol):
    """Reads by key are consistent; the outlines may be a moment old."""

    def sign_ins(self, who: str) -> SignIns | None: ...
    def ask_sign_in(
        self, asked: SignIns, *, before: SignIns | None, code: SignInCode, outbox: tuple[OutboxItem, ...]
    ) -> None: ...  # all or nothing; ConflictError when somebody else asked in between

    def sign_in_code(self, code_hash: str) -> SignInCode | None: ...
    def begin_session(self, session: Session, *, code_hash: str) -> None: ...  # ConflictError: it was used
    def session(self, cookie_hash: str) -> Session | None: ...
    def touch_session(self, cookie_hash: str, *, at: datetime) -> None: ...  # unless it has ended
    def end_session(self, cookie_hash: str) -> None: ...

    def set_away(self, human_agent_id: str, since: datetime | None) -> None: ...  # unless they are gone

    def open_outlines(self) -> tuple[Outline, ...]: ...
    def outlines_since(self, start: datetime) -> tuple[Outline, ...]: ...  # by their creation
