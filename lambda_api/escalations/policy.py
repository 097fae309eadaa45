"""The times and addresses that a deployment may set; all of them in one frozen place."""

from typing import Final, Self

from msgspec import Struct
from msgspec.structs import replace

from lambda_api.escalations import gsm
from lambda_api.escalations.errors import SmsTooLongError

CODE_CHARS: Final = 22


class Policy(Struct, frozen=True, kw_only=True):
    public_url: str = "http://127.0.0.1:8080"
    stage: str = "laptop"  # by which figures are told apart
    answer_seconds: float = 45  # a tier's time before the next one is told
    claim_seconds: float = 60  # from the claim until the person can be heard
    return_seconds: float = 10  # what a human who dropped out of a call has to come back
    minute_seconds: float = 60  # of somebody's "I will be there in two minutes"
    eta_grace_seconds: float = 30  # beyond it
    etas: int = 10  # that one escalation listens to
    returns: int = 100  # of whoever has the call, each noted in the row
    hand_back_seconds: float = 15  # until a human who gave the call back is removed, agent or not
    link_seconds: float = 900
    seat_seconds: float = 3600
    first_look_seconds: int = 5
    chain_seconds: int = 15  # between two looks at an open row, at most
    exit_look_seconds: int = 3  # between two looks while the agent's exit is due
    unheard_look_seconds: int = 1  # while a human is there muted: no webhook tells of what only a look sees
    farewell_seconds: float = 3  # what the agent gets to say goodbye before it is dismissed
    recall_seconds: float = 60  # how long after a human's leaving we see to it that the agent is back
    idempotency_seconds: float = 86_400
    event_seconds: float = 86_400
    words_seconds: float = 30 * 86_400
    attempts: int = 5  # on a version conflict
    sends: int = 8  # of one notification
    sms_an_hour: int = 200  # of everybody's: what a flood of escalations can cost is bounded
    test_seconds: float = 30  # between two messages that only try whether a person can be reached
    rounds: int = 10  # in which people are told again after a claim that came to nothing
    callback_seconds: float = 7 * 86_400  # how long a caller's wish waits for somebody on duty
    sign_ins: int = 3  # links that a person may ask for in the time that one is good for
    sign_in_seconds: float = 600
    idle_seconds: float = 1800  # signed out at the desk when the person does nothing for so long
    session_seconds: float = 12 * 3600
    hooks: int = 5
    loopback_hooks: bool = False  # a laptop's own addresses, without TLS

    def __post_init__(self) -> None:
        """Refuse an address whose links cannot be sent, before anybody needs one."""
        if gsm.septets(self.desk_link("_" * CODE_CHARS)) > gsm.SEGMENT:
            raise SmsTooLongError

    def scaled(self, factor: float) -> Self:
        """The same with everything that people are waited for shortened (or not) by one factor."""
        names = (f"{name}_seconds" for name in ("answer", "claim", "return", "minute", "eta_grace"))
        return replace(self, **{name: getattr(self, name) * factor for name in names})

    def link(self, code: str) -> str:
        return f"{self.public_url.rstrip('/')}/j/{code}"

    def desk_link(self, code: str) -> str:
        return f"{self.public_url.rstrip('/')}/desk/in/{code}"
