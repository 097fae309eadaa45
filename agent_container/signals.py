"""The two ways in which the worker learns of a human: the room's own events and the server's messages."""

import logging
from collections.abc import Callable, Collection

from livekit import rtc

from agent_container import prompts
from agent_container.confirmation import Confirmation
from agent_container.exit_latch import ExitLatch
from agent_container.nudge import Nudge
from agent_container.presence import RoomPresence, is_human_agent
from agent_container.transfer import Transfer

logger = logging.getLogger(__name__)

TOPIC = "handoff"
_OVER = {"unanswered": prompts.NOBODY_FREE, "cancelled": prompts.WITHDRAWN}


class RoomSignals:
    """The way through the room; with `arrivals` off it only tells of what takes a human away again."""

    def __init__(self, *, room: rtc.Room, presence: RoomPresence, latch: ExitLatch, arrivals: bool) -> None:
        self._presence = presence
        self._latch = latch
        room.on("track_muted", self._on_track_muted)
        room.on("track_unpublished", self._on_track_unpublished)
        room.on("participant_disconnected", self._on_gone)
        if arrivals:
            room.on("participant_connected", self._on_connected)
            room.on("participant_active", self._on_active)
            room.on("track_subscribed", self._on_track_subscribed)
            room.on("track_unmuted", self._on_track_unmuted)
            self._look_around()

    def _look_around(self) -> None:
        for identity in self._presence.humans():
            self._latch.there(identity, way="room")

    def _on_connected(self, participant: rtc.RemoteParticipant) -> None:
        if is_human_agent(participant.identity):
            self._latch.expect(participant.identity)

    def _on_active(self, participant: rtc.RemoteParticipant) -> None:
        if is_human_agent(participant.identity):
            self._latch.there(participant.identity, way="room")

    def _on_track_subscribed(
        self, _track: rtc.Track, _publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        self._on_active(participant)

    def _on_track_unmuted(self, participant: rtc.Participant, _publication: rtc.TrackPublication) -> None:
        if is_human_agent(participant.identity):
            self._latch.there(participant.identity, way="room")

    def _on_track_muted(self, participant: rtc.Participant, _publication: rtc.TrackPublication) -> None:
        self._latch.muted(participant.identity)

    def _on_track_unpublished(
        self, _publication: rtc.RemoteTrackPublication, participant: rtc.RemoteParticipant
    ) -> None:
        self._latch.muted(participant.identity)

    def _on_gone(self, participant: rtc.RemoteParticipant) -> None:
        if participant.disconnect_reason != rtc.DisconnectReason.DUPLICATE_IDENTITY:
            self._latch.gone(participant.identity)


class ServerSignals:
    """The way through the API: it sees webhooks and the row, and sends what they mean into the room."""

    def __init__(
        self, *, latch: ExitLatch, confirmation: Confirmation, transfer: Transfer, arrivals: bool
    ) -> None:
        self._latch = latch
        self._confirmation = confirmation
        self._transfer = transfer
        self._arrivals = arrivals
        self._news: dict[str, Callable[[Nudge], None]] = {
            "claimed": self._on_claimed,
            "released": self._on_released,
            "eta": self._on_eta,
            "declined": self._on_declined,
            "unanswered": self._on_over,
            "cancelled": self._on_over,
        }

    def on_data(self, packet: rtc.DataPacket) -> None:
        # Only what a server sent has no participant. A hidden participant would look the same, so whoever is
        # named here is still confirmed with the API before the AI leaves.
        if packet.topic != TOPIC or packet.participant is not None:
            return
        nudge = Nudge.parse(packet.data)
        if nudge is None:
            logger.warning("a server message could not be read")
        elif nudge.type in ("human_there", "human_heard"):
            self._on_human(nudge)
        elif (react := self._news.get(nudge.type)) and self._is_ours(nudge):
            react(nudge)

    def _is_ours(self, nudge: Nudge) -> bool:
        return nudge.escalation_id == self._transfer.escalation_id

    def _on_human(self, nudge: Nudge) -> None:
        if not self._arrivals or not is_human_agent(nudge.identity):
            return
        self._confirmation.reconsider(nudge.identity)
        if nudge.type == "human_heard":
            self._latch.heard(nudge.identity, way="server")
        else:
            self._latch.there(nudge.identity, way="server")

    def _on_claimed(self, nudge: Nudge) -> None:
        if is_human_agent(nudge.identity):
            self._latch.expect(nudge.identity)
        self._latch.announce(prompts.CLAIMED.format(name=nudge.name))

    def _on_released(self, nudge: Nudge) -> None:
        self._latch.announce(prompts.RELEASED.format(name=nudge.name))

    def _on_eta(self, nudge: Nudge) -> None:
        words = prompts.ETA if nudge.minutes else prompts.ON_THE_WAY
        self._latch.announce(words.format(name=nudge.name, minutes=prompts.minutes(nudge.minutes)))

    def _on_declined(self, nudge: Nudge) -> None:
        self._latch.announce(prompts.DECLINED.format(name=nudge.name))

    def _on_over(self, nudge: Nudge) -> None:
        self.over(nudge.escalation_id, nudge.type)

    def over(self, escalation_id: str, status: str) -> None:
        """Nobody comes for this request any more; what a person has ended needs no words of the AI's."""
        self._transfer.end(escalation_id)
        if words := _OVER.get(status):
            self._latch.announce(words)


def listen_for_humans(
    *,
    room: rtc.Room,
    latch: ExitLatch,
    presence: RoomPresence,
    confirmation: Confirmation,
    transfer: Transfer,
    ways: Collection[str],
) -> ServerSignals:
    server = ServerSignals(
        latch=latch, confirmation=confirmation, transfer=transfer, arrivals="server" in ways
    )
    room.on("data_received", server.on_data)
    RoomSignals(room=room, presence=presence, latch=latch, arrivals="room" in ways)
    return server
