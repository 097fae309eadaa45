"""What LiveKit's webhooks tell about a room, applied at most once each."""

import logging
from collections.abc import Callable
from typing import Final

from lambda_api.escalations import arriving, departing
from lambda_api.escalations.errors import DuplicateEventError
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.rooms import EventKind, RoomEvent

logger = logging.getLogger(__name__)

_EFFECTS: Final[dict[EventKind, Callable[[Ports, RoomEvent], None]]] = {
    EventKind.PARTICIPANT_JOINED: arriving.joined,
    EventKind.TRACK_PUBLISHED: arriving.published,
    EventKind.PARTICIPANT_LEFT: departing.left,
    EventKind.CONNECTION_ABORTED: departing.aborted,
    EventKind.ROOM_FINISHED: departing.finished,
}


def apply(ports: Ports, event: RoomEvent) -> None:
    """Return when the event's effect is stored (or it has none); raise UnavailableError when it is not."""
    try:
        _EFFECTS[event.kind](ports, event)
    except DuplicateEventError:
        logger.info("a webhook event came again", extra={"event_id": event.id})
