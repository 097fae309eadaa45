"""An actor's side of the pipes: its part and cues come in on stdin, what it tells goes out on stdout."""

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from local.rehearsal.ear import RATE, Ear
from local.rehearsal.guest import Guest
from local.rehearsal.messages import Cue, Failed, Message, Moment, Part, decode, encode
from local.rehearsal.mouth import Mouth
from local.rehearsal.patience import Pulse
from local.rehearsal.recorder import Recorder
from local.stack import stack_file
from local.stack.stack_file import StackFile


class StackGoneError(RuntimeError):
    """No stack is up."""


class Backstage:
    """What every actor has: a name, a part, cues, a way to tell."""

    def __init__(self, actor: str, part: Part) -> None:
        self.actor, self.part = actor, part
        self.pulse = Pulse()
        self._cues: list[Cue] = []

    def stack(self) -> StackFile:
        stack = stack_file.read()
        if stack is None:
            raise StackGoneError
        return stack

    def tell(self, message: Message) -> None:
        sys.stdout.write(encode(message) + "\n")
        sys.stdout.flush()

    def moment(self, step: str, at: float, note: str = "") -> None:
        self.tell(Moment(step=step, at=round(at, 4), actor=self.actor, note=note))

    def told(self, cue: str) -> bool:
        return any(each.name == cue for each in self._cues)

    def hear_cue(self, cue: Cue) -> None:
        self._cues.append(cue)
        self.pulse.beat()

    def take_cue(self) -> Cue | None:
        """The oldest cue that nobody has taken yet."""
        return self._cues.pop(0) if self._cues else None

    def ear(self) -> Ear:
        recorder = Recorder(folder=Path(self.part.recordings), name=self.actor, rate=RATE)
        return Ear(owner=self.actor, tell=self.tell, recorder=recorder, pulse=self.pulse)

    def guest(self, *, ear: Ear, mouth: Mouth, saw: Callable[[str, str, float], None]) -> Guest:
        return Guest(ear=ear, mouth=mouth, pulse=self.pulse, saw=saw)


def perform(actor: str, play: Callable[[Backstage], Coroutine[None, None, None]]) -> int:
    """Runs an actor's process from its part to its exit code."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    # Ctrl-C goes to the whole group; the conductor decides what it means, and a closed stdin tells it to us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    part = decode(sys.stdin.readline())
    if not isinstance(part, Part):
        return 2
    return asyncio.run(_play(Backstage(actor, part), play))


async def _play(stage: Backstage, play: Callable[[Backstage], Coroutine[None, None, None]]) -> int:
    performance = asyncio.create_task(play(stage))
    # A closed stdin means that the conductor is gone: a room must not keep a ghost.
    listener = _Listener(stage, asyncio.get_running_loop(), over=performance.cancel)
    threading.Thread(target=listener.listen, daemon=True).start()
    try:
        await performance
    except asyncio.CancelledError:
        return 3
    except Exception as error:  # noqa: BLE001 - whatever it was, the conductor has to hear of it
        stage.tell(Failed(actor=stage.actor, reason=f"{type(error).__name__}: {error}"))
        return 1
    return 0


@dataclass(frozen=True, slots=True)
class _Listener:
    """Hears cues in a thread of its own, until stdin is closed."""

    stage: Backstage
    loop: asyncio.AbstractEventLoop
    over: Callable[[], object]

    def listen(self) -> None:
        for line in sys.stdin:
            cue = decode(line)
            if isinstance(cue, Cue):
                self._in_loop(partial(self.stage.hear_cue, cue))
        self._in_loop(self.over)

    def _in_loop(self, call: Callable[[], object]) -> None:
        # A loop that is closed has nobody left to tell.
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(call)
