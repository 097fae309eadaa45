"""Everything the domain refuses or cannot do, each a class whose name is the machine-readable error."""

from datetime import datetime


class EscalationError(Exception):
    """The root of all of them; the edge maps the classes to statuses."""


class UnknownEscalationError(EscalationError):
    def __init__(self) -> None:
        super().__init__("There is no such escalation.")


class UnknownLinkError(EscalationError):
    def __init__(self) -> None:
        super().__init__("This link is not known.")


class UnknownHumanAgentError(EscalationError):
    def __init__(self) -> None:
        super().__init__("There is no such human agent.")


class EmailTakenError(EscalationError):
    def __init__(self) -> None:
        super().__init__("Another person has this e-mail address.")


class NoEmailError(EscalationError):
    def __init__(self) -> None:
        super().__init__("This person has no e-mail address.")


class TooSoonError(EscalationError):
    def __init__(self) -> None:
        super().__init__("This person was sent a test a moment ago.")


class IdempotencyMismatchError(EscalationError):
    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used with another body.")


class ReservedIdentityError(EscalationError):
    def __init__(self) -> None:
        super().__init__("This identity is reserved for another role.")


class BadHoursError(EscalationError):
    def __init__(self) -> None:
        super().__init__("The working hours name an unknown time zone or day.")


class BadCursorError(EscalationError):
    def __init__(self) -> None:
        super().__init__("This cursor was not given out by this list.")


class AlreadyClaimedError(EscalationError):
    """Somebody else has the call (or this seat)."""

    def __init__(self, *, who: str, since: datetime) -> None:
        super().__init__(f"{who} took this call at {since:%H:%M} UTC.")
        self.who = who
        self.since = since


class TooManyClaimsError(EscalationError):
    """What is noted of each press would outgrow the row."""

    def __init__(self) -> None:
        super().__init__(
            "This call was joined too often by this link. Stay in it, or let a colleague take it."
        )


class EscalationEndedError(EscalationError):
    """The escalation is over; the words say why, for a person to read."""

    def __init__(self, words: str, *, reason: str) -> None:
        super().__init__(words)
        self.words = words
        self.reason = reason


class LinkExpiredError(EscalationEndedError):
    def __init__(self) -> None:
        super().__init__("This link has expired.", reason="link_expired")


class SeatNotHeldError(EscalationError):
    """Only the browser that took the call may say this."""

    def __init__(self) -> None:
        super().__init__("This browser does not hold the seat.")


class NotConnectedError(EscalationError):
    def __init__(self) -> None:
        super().__init__("No person is in this call yet.")


class NoCallbackError(EscalationError):
    def __init__(self) -> None:
        super().__init__("Nobody asked to be called back.")


class UnknownHookError(EscalationError):
    def __init__(self) -> None:
        super().__init__("There is no such webhook.")


class BadHookUrlError(EscalationError):
    def __init__(self) -> None:
        super().__init__("A webhook's URL must be an https address without user, password or fragment.")


class TooManyHooksError(EscalationError):
    def __init__(self) -> None:
        super().__init__("No more webhooks may be set.")


class SmsTooLongError(EscalationError):
    def __init__(self) -> None:
        super().__init__("The public URL is too long for one SMS.")


class SignInRefusedError(EscalationError):
    """One answer for every code that does not work, so that it tells nothing."""

    def __init__(self) -> None:
        super().__init__("This link was used already or has expired. Ask for a new one at the desk.")


class NotSignedInError(EscalationError):
    def __init__(self) -> None:
        super().__init__("Sign in at the desk first.")


class ConflictError(EscalationError):
    """Somebody else wrote in between: read again and decide again."""


class DuplicateEventError(EscalationError):
    """This webhook event already had its effect."""


class UnavailableError(EscalationError):
    """A part that we depend on did not answer; nothing was decided. A retry is safe."""

    def __init__(self, part: str) -> None:
        super().__init__(f"The {part} did not answer in time.")
        self.part = part


class TooBusyError(UnavailableError):
    """The row kept changing under us for longer than we try."""

    def __init__(self) -> None:
        super().__init__("store")
