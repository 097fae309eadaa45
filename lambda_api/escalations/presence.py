"""What LiveKit's webhooks tell about a room, applied at most once each."""

from lambda_api.escalations.ports import Ports
from lambda_api.escalations.rooms import RoomEvent


def apply(ports: Ports, event: RoomEvent) -> None:
    """Return when the event's effect is stored (or it has none); raise UnavailableError when it is not."""
    raise NotImplementedError
