"""Turns each error class into its RFC 9457 problem; knows no web framework."""

import re
from http import HTTPStatus
from typing import Any, Final

from msgspec import Struct, field

from lambda_api.config.errors import SecretUnavailableError
from lambda_api.config.times import to_text
from lambda_api.errors import edge
from lambda_api.escalations import errors as domain

MEDIA_TYPE: Final = "application/problem+json"
PROBLEMS: Final[dict[type[Exception], int]] = {
    edge.UnauthenticatedError: 401,
    edge.WebhookForgedError: 401,
    edge.OutsideError: 403,
    edge.ScopeMissingError: 403,
    edge.CrossSiteError: 403,
    edge.IdempotencyKeyMissingError: 400,
    edge.ApiKeyNameTakenError: 409,
    edge.TooManyApiKeysError: 409,
    domain.NotSignedInError: 401,
    domain.SeatNotHeldError: 403,
    domain.BadCursorError: 400,
    domain.UnknownEscalationError: 404,
    domain.UnknownLinkError: 404,
    domain.UnknownHumanAgentError: 404,
    domain.UnknownHookError: 404,
    domain.AlreadyClaimedError: 409,
    domain.NotConnectedError: 409,
    domain.NoCallbackError: 409,
    domain.TooManyHooksError: 409,
    domain.NoEmailError: 409,
    domain.EmailTakenError: 409,
    domain.TooSoonError: 429,
    domain.TooManyClaimsError: 429,
    domain.ConflictError: 409,
    domain.EscalationEndedError: 410,
    domain.SignInRefusedError: 410,
    domain.IdempotencyMismatchError: 422,
    domain.ReservedIdentityError: 422,
    domain.BadHoursError: 422,
    domain.BadHookUrlError: 422,
    domain.UnavailableError: 503,
    SecretUnavailableError: 503,
}
# Pythons before 3.13 know these two by the names of an older RFC.
_PHRASES: Final = {413: "Content Too Large", 422: "Unprocessable Content"}
_TYPE = "urn:livekit-handoff:problem:"


class Problem(Struct, frozen=True, kw_only=True):
    """An RFC 9457 problem with the error's class name; `more` are its extension members."""

    status: int
    detail: str
    error: str
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return _phrase(self.status)

    @property
    def headers(self) -> dict[str, str]:
        """A service key is what all but the desk ask for."""
        asks = self.status == 401 and self.error != domain.NotSignedInError.__name__
        return {"WWW-Authenticate": "Bearer"} if asks else {}

    def body(self) -> dict[str, Any]:
        return {
            "type": _TYPE + _kebab(self.error.removesuffix("Error")),
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "error": self.error,
            **self.more,
        }


def problem_of(error: Exception) -> Problem:
    for known in type(error).__mro__:
        if known in PROBLEMS:
            name = type(error).__name__
            return Problem(status=PROBLEMS[known], detail=str(error), error=name, more=_more(error))
    return Problem(status=500, detail="Something went wrong here; it is logged.", error="UnexpectedError")


def http_problem(status: int, detail: str, *, error: str = "", **more: Any) -> Problem:
    """Give the framework's own refusals the same shape."""
    name = error or re.sub(r"[^A-Za-z]", "", _phrase(status)) + "Error"
    return Problem(status=status, detail=detail, error=name, more=more)


def webhook_problem(error: Exception) -> Problem:
    """Only a forgery may be refused for good: LiveKit comes again after a 503 and after nothing else."""
    if isinstance(error, edge.WebhookForgedError | edge.OutsideError):
        return problem_of(error)
    detail = "This event is not stored; send it again."
    return Problem(status=503, detail=detail, error="EventNotStoredError")


def _more(error: Exception) -> dict[str, Any]:
    if isinstance(error, domain.AlreadyClaimedError):
        return {"who": error.who, "since": to_text(error.since)}
    if isinstance(error, domain.EscalationEndedError):
        return {"reason": error.reason}
    return {}


def _phrase(status: int) -> str:
    return _PHRASES.get(status) or HTTPStatus(status).phrase


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
