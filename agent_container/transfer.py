"""The call's request for a human: at most one at a time, the same one however often it is asked for."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from agent_container.callback import Callback
from agent_container.clock import Clock, utc_now
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Escalation, Line, OpenRequest
from agent_container.escalations import Escalations

logger = logging.getLogger(__name__)

USUAL_WAIT_WITHIN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    room: str
    room_sid: str
    caller_identity: str
    agent_identity: str


class Transfer:
    def __init__(
        self,
        *,
        api: Escalations,
        call: Call,
        clock: Clock = utc_now,
        previous: str | None = None,
    ) -> None:
        self._opened: list[Callable[[str, str], None]] = []
        self.summary = ""
        self._api = api
        self._call = call
        self._clock = clock
        self._previous = previous
        self._escalation: Escalation | None = None
        # Sent again unchanged until its outcome is known: the same key with another body is refused.
        self._unanswered: OpenRequest | None = None
        self._one_at_a_time = asyncio.Lock()

    def on_opened(self, tell: Callable[[str, str], None]) -> None:
        """Have `tell` called with the id and the summary of each request that is known to be stored."""
        self._opened.append(tell)

    @property
    def escalation_id(self) -> str | None:
        return self._escalation.id if self._escalation else None

    @property
    def is_asked_for(self) -> bool:
        """Whether a human is asked for, or is just being."""
        return self._escalation is not None or self._one_at_a_time.locked()

    def outcome(self, text: str, **facts: str) -> str:
        """A tool's answer: it holds for the time that it names."""
        return text.format(time=self._clock().strftime("%H:%M:%S"), **facts)

    async def request(
        self, *, reason: str, summary: str, language: str | None, transcript: tuple[Line, ...]
    ) -> Escalation:
        called_at = self._clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        async with self._one_at_a_time:
            if self._escalation and not (known := await self._as_it_stands(self._escalation)).ended:
                return known
            self.summary = summary[:2000]
            if self._unanswered is None:
                self._unanswered = OpenRequest(
                    room=self._call.room,
                    room_sid=self._call.room_sid,
                    caller_identity=self._call.caller_identity,
                    agent_identity=self._call.agent_identity,
                    reason=reason,
                    summary=self.summary,
                    language=language,
                    transcript=transcript,
                    tool_called_at=called_at,
                )
            return self.adopt(await self._open(self._unanswered))

    async def cancel(self, *, cause: str) -> bool:
        """Withdraw the open request, if there is one; say whether there was."""
        if self._escalation is None:
            return False
        escalation_id = self._escalation.id
        await self._api.cancel(escalation_id, cause=cause)
        self.end(escalation_id)
        return True

    async def usual_wait(self) -> float | None:
        """Nothing when it is not known at once: the caller waits for the answer."""
        try:
            async with asyncio.timeout(USUAL_WAIT_WITHIN):
                return await self._api.usual_wait()
        except (ApiRefusedError, ApiUnreachableError, TimeoutError):
            return None

    async def leave_callback(self, callback: Callback) -> bool:
        """Note it on this call's latest request; say whether there is one to note it on."""
        latest = self.escalation_id or self._previous
        if latest is None:
            return False
        await self._api.leave_callback(latest, callback)
        return True

    def adopt(self, escalation: Escalation) -> Escalation:
        self._unanswered = None
        self._escalation = escalation
        for tell in self._opened:
            tell(escalation.id, self.summary)
        if escalation.ended:
            self.end(escalation.id)
        return escalation

    def end(self, escalation_id: str) -> None:
        if self.escalation_id == escalation_id:
            self._escalation = None
            self._previous = escalation_id

    @property
    def _idempotency_key(self) -> str:
        # Names the stretch of the call that the request belongs to: a crashed job's successor makes the same
        # key, while another caller in the same room, or asking again after the last request ended, makes
        # another. The model has no part in it.
        caller = hashlib.sha256(self._call.caller_identity.encode()).hexdigest()
        return f"{self._call.room_sid or self._call.room}:{caller}:after:{self._previous or 'start'}"

    async def _open(self, request: OpenRequest) -> Escalation:
        try:
            return await self._api.open(request, idempotency_key=self._idempotency_key)
        except ApiRefusedError as refusal:
            self._unanswered = None
            logger.warning("the request for a human was refused", extra={"error": refusal.error})
            # A job that died before us may have stored it under this key in other words.
            if stored := (await self._api.room(self._call.room)).escalation:
                return stored
            raise

    async def _as_it_stands(self, known: Escalation) -> Escalation:
        try:
            return self.adopt(await self._api.get(known.id))
        except (ApiRefusedError, ApiUnreachableError):
            return known
