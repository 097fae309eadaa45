"""The exit latch's view of a LiveKit room."""

from livekit import rtc

from agent_container.prompts import SOMEBODY

HUMAN_PREFIX = "human-agent-"
AGENT_PREFIX = "agent-"
SEAT_ATTRIBUTE = "handoff.seat"


def is_human_agent(identity: str) -> bool:
    return identity.startswith(HUMAN_PREFIX)


class RoomPresence:
    def __init__(self, room: rtc.Room) -> None:
        self._room = room

    def is_heard(self, identity: str) -> bool:
        participant = self._participant(identity)
        return participant is not None and _can_be_heard(participant)

    def is_muted(self, identity: str) -> bool:
        """Has a microphone in the room, which is off: more than not being heard yet."""
        participant = self._participant(identity)
        sounds = _sounds(participant) if participant else []
        return bool(sounds) and all(publication.muted for publication in sounds)

    def has_seat(self, identity: str) -> bool:
        participant = self._participant(identity)
        return participant is not None and bool(participant.attributes.get(SEAT_ATTRIBUTE))

    def name_of(self, identity: str) -> str:
        participant = self._participant(identity)
        return (participant.name if participant else "") or SOMEBODY

    def humans(self) -> tuple[str, ...]:
        """The human agents who are ACTIVE: before that their media may never come up."""
        return tuple(
            participant.identity
            for participant in self._room.remote_participants.values()
            if is_human_agent(participant.identity)
            and participant.state == rtc.ParticipantState.PARTICIPANT_STATE_ACTIVE
        )

    def heard_humans(self) -> tuple[str, ...]:
        return tuple(identity for identity in self.humans() if self.is_heard(identity))

    def _participant(self, identity: str) -> rtc.RemoteParticipant | None:
        return self._room.remote_participants.get(identity)


def _can_be_heard(participant: rtc.RemoteParticipant) -> bool:
    return any(publication.subscribed and not publication.muted for publication in _sounds(participant))


def _sounds(participant: rtc.RemoteParticipant) -> list[rtc.RemoteTrackPublication]:
    publications = participant.track_publications.values()
    return [one for one in publications if one.kind == rtc.TrackKind.KIND_AUDIO]
