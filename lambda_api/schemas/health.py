"""The health answer on the wire."""

from typing import Literal

from lambda_api.schemas.fields import Answer


class HealthOut(Answer):
    """The process answers."""

    status: Literal["ok"]
