"""A refusal on the wire, for the documentation only."""

from pydantic import ConfigDict

from lambda_api.schemas.fields import Answer


class Fault(Answer):
    """One thing that is wrong with a request."""

    place: str
    fault: str


class ProblemOut(Answer):
    """RFC 9457 with the error's class name."""

    model_config = ConfigDict(extra="allow", title="Problem")

    type: str
    title: str
    status: int
    detail: str
    error: str
    errors: list[Fault] | None = None
