"""The faults by name: the numbers of the matrix that they stand for, what they may cost, and their play."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from local.rehearsal.chaos.act import Act
from local.rehearsal.chaos.limits import Limits
from local.rehearsal.chaos.plays import aws, links, livekit, machines, people, together, webhooks

Play = Callable[[Act], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Trial:
    """`alone`: it hurts more than its own room, so no other handoff goes on meanwhile."""

    name: str
    covers: str
    about: str
    play: Play
    limits: Limits = field(default_factory=Limits)
    alone: bool = False


# A job that dies is replaced by what its worker tells; one that hangs is given eight seconds.
_KILLED: Final = Limits(alone_s=3, ai_is_struck=True)
_WEDGED: Final = Limits(alone_s=20, gone_s=15, ai_is_struck=True)
# LiveKit itself needs twenty seconds to notice that nobody is at the other end.
_UNNOTICED: Final = Limits(alone_s=60, ai_is_struck=True)
_DROPPED: Final = Limits(alone_s=35, ai_comes_back=True)
# Refused and asked again; what was not told at once is told by the next sweep.
_AWS: Final = Limits(told_s=65)

TRIALS: Final = (
    Trial("none", "", "nothing is broken", people.undisturbed),
    Trial("webhooks-doubled", "F1", "each webhook two to five times", webhooks.doubled),
    Trial("webhooks-replayed", "F1 F2", "each webhook again, 2 to 8 s later", webhooks.replayed),
    Trial("webhooks-reordered", "F2", "each webhook 0 to 5 s late, so they overtake", webhooks.reordered),
    Trial("webhooks-lost", "F3", "no webhook arrives", webhooks.lost),
    Trial("webhooks-refused", "F4", "500 for 16 s from the claim on", webhooks.refused),
    Trial("webhooks-slow", "F5", "answered after 35 s", webhooks.answered_late),
    Trial("webhooks-forged", "F6", "eleven forged ones that end the call", webhooks.forged),
    Trial("webhooks-throttled", "F35", "429 for every other one", webhooks.throttled),
    Trial("table-throttled", "F10", "35 % of the calls", aws.table_throttled, _AWS, alone=True),
    Trial("table-fails", "F10", "500 for 35 % of the calls", aws.table_fails, _AWS, alone=True),
    Trial("table-cut-before", "F10", "35 % never arrive", aws.table_silent_before, _AWS, alone=True),
    Trial("table-cut-after", "F10", "35 % are done, unanswered", aws.table_silent_after, _AWS, alone=True),
    Trial("table-slow", "F10", "35 % take 0.8 s", aws.table_slow, _AWS, alone=True),
    Trial("queue-fails", "F12", "no timer for 35 %", aws.queue_fails, _AWS, alone=True),
    Trial("topic-down", "F13", "SNS answers 503 for 4 s", aws.topic_down, Limits(told_s=75), alone=True),
    Trial("claims-raced", "F11", "a hundred claims at once", links.raced, alone=True),
    Trial("link-scanned", "F15", "fifty GETs and HEADs", links.scanned),
    Trial("link-opened-twice", "F16", "two browsers, one link", links.opened_twice),
    Trial("claim-unanswered", "F16", "stored, and its answer lost", links.unanswered),
    Trial("message-unread", "F14", "the first tier never sees it", people.message_unread),
    Trial("livekit-unavailable", "F17", "503 for half of the calls", livekit.unavailable),
    Trial("livekit-slow", "F17", "2 s for half of the calls", livekit.too_slow),
    Trial("livekit-unsure", "F17", "half of the calls done, unanswered", livekit.unsure),
    Trial(
        "livekit-restarted",
        "F18",
        "SIGKILL to the server",
        machines.livekit_restarted,
        _UNNOTICED,
        alone=True,
    ),
    Trial("livekit-frozen", "", "the server stands still for 3 s", machines.livekit_frozen, alone=True),
    Trial("ai-killed", "F19", "SIGKILL while the caller waits", machines.ai_killed, _KILLED),
    Trial(
        "ai-killed-asking",
        "F19 F24",
        "SIGKILL around the tool call",
        machines.ai_killed_while_asking,
        _KILLED,
    ),
    Trial(
        "ai-killed-joining",
        "F19",
        "SIGKILL while a person joins",
        machines.ai_killed_while_a_person_comes,
        _KILLED,
    ),
    Trial("ai-stopped", "F20", "SIGSTOP while the caller waits", machines.ai_stopped, _WEDGED),
    Trial(
        "ai-stopped-joining",
        "F20",
        "SIGSTOP as a person joins",
        machines.ai_stopped_when_a_person_comes,
        _WEDGED,
    ),
    Trial(
        "worker-killed", "F21", "SIGKILL to the whole task", machines.worker_killed, _UNNOTICED, alone=True
    ),
    Trial(
        "worker-replaced",
        "F22",
        "SIGTERM during the call, another worker before",
        machines.worker_replaced,
        Limits(alone_s=2, ai_is_struck=True),
        alone=True,
    ),
    Trial(
        "functions-killed",
        "F34",
        "SIGKILL to every function's process",
        machines.functions_killed,
        _AWS,
        alone=True,
    ),
    Trial(
        "several-at-once",
        "",
        "webhooks, LiveKit's answers and a process",
        together.several,
        Limits(alone_s=25, gone_s=20, ai_is_struck=True),
    ),
    Trial("answer-lost", "F24", "the request is stored, its answer lost", people.answer_lost),
    Trial("api-busy", "F34", "503 for the request, once or twice", people.api_busy),
    Trial("asked-many-times", "F25", "by key and in writing, at once", people.asked_many_times),
    Trial("no-media", "F26", "signalling without media", people.joins_without_media),
    Trial("joins-muted", "F27", "heard only up to 6 s later", people.joins_muted),
    Trial("human-drops", "F28", "SIGKILL to their process", people.drops, _DROPPED),
    Trial("human-drops-and-returns", "F28", "back after 1 to 12 s", people.drops_and_returns, _DROPPED),
    Trial("caller-leaves", "F30", "waiting, claimed, or as the person joins", people.caller_leaves),
    Trial("nobody-comes", "F31", "both tiers' time runs out", people.nobody_comes),
    Trial("calls-again", "F32", "the same room, still open", people.calls_again, Limits(escalations=2)),
    Trial("ai-called-again", "F33", "a dispatch beside the person", people.ai_called_again),
    Trial("second-human", "F29", "a person by invitation beside the claim's", people.second_human),
    Trial("impostor", "F36", "a human agent's name without a claim", people.impostor),
    Trial(
        "removed-comes-back",
        "F37",
        "with the token from before",
        people.comes_back_removed,
        Limits(ai_comes_back=True),
    ),
)
BY_NAME: Final = {trial.name: trial for trial in TRIALS}

# What is proved elsewhere, and where.
ELSEWHERE: Final = {
    "F7": "a body in base64, or changed by a proxy: tests/fuzz, tests/e2e (the gateway sends base64)",
    "F8": "clocks that differ: tests/unit of the verifier, tests/fuzz",
    "F9": "a key rotated during a call: tests/unit of the secrets; LiveKit's key lasts as long as it runs",
    "F12": "every step of every handler: tests/simulation/test_crash_points.py; here the queue",
    "F23": "task protection refused: tests/unit/agent_container",
    "F38": "a message that cannot be sent: tests/unit/lambda_api/domain, tests/simulation",
}
