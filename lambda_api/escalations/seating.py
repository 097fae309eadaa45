"""Seats that other systems ask for: a caller, an observer, a human agent without a notification."""

from lambda_api.escalations.claiming import Seat
from lambda_api.escalations.models import Role
from lambda_api.escalations.ports import Ports


def create_seat(
    ports: Ports, room: str, *, role: Role, name: str | None = None, identity: str | None = None
) -> Seat:
    """Raise ReservedIdentityError, or AlreadyClaimedError for a human agent where another has the call."""
    raise NotImplementedError
