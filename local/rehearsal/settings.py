"""What a rehearsal is asked to show: a farewell or none, and one of the two exit ways cut."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from local.rehearsal.judge import ONE_WAY_ONLY, WITH_FAREWELL, WITHOUT_FAREWELL, Limits
from local.stack.running import deliver_webhooks, running
from local.stack.stack_file import StackFile

Cut = Literal["", "webhook", "room"]


@dataclass(frozen=True, slots=True)
class Settings:
    """One rehearsal's choices."""

    farewell: bool = True
    cut: Cut = ""

    @property
    def limits(self) -> Limits:
        if self.cut:
            return ONE_WAY_ONLY
        return WITH_FAREWELL if self.farewell else WITHOUT_FAREWELL

    @property
    def worker(self) -> Mapping[str, str]:
        """How the worker differs from the deployed one."""
        changed = {} if self.farewell else {"HANDOFF_FAREWELL": "off"}
        kept = {"webhook": "room", "room": "server"}.get(self.cut)
        return {**changed, "HANDOFF_EXIT_WAYS": kept} if kept else changed

    @property
    def completed_within_s(self) -> float:
        # Without webhooks nobody tells at once that the caller left; the minute's sweep finds out.
        return 100.0 if self.cut == "webhook" else 20.0


@contextmanager
def arranged(settings: Settings) -> Iterator[StackFile]:
    """The stack as the settings want it, and afterwards as it was."""
    with running(worker=settings.worker) as stack:
        if settings.cut != "webhook":
            yield stack
            return
        deliver_webhooks(stack, deliver=False)
        try:
            yield stack
        finally:
            deliver_webhooks(stack, deliver=True)
