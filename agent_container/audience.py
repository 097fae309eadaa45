"""Who may hear the AI's tracks: all of them everybody, except for one that is for one human alone."""

from livekit import rtc


class Audience:
    def __init__(self, room: rtc.Room, *, private: str) -> None:
        self._room = room
        self._private = private
        self._confidant = ""
        # A permission names people and tracks: whatever comes meanwhile has to be named, too.
        room.on("participant_connected", lambda _: self._renew())
        room.on("local_track_published", lambda *_: self._renew())
        room.on("reconnected", self._renew)

    def only(self, identity: str) -> None:
        """From now on the private track is for this human."""
        self._confidant = identity
        self._renew()

    def everybody(self) -> None:
        self._confidant = ""
        self._room.local_participant.set_track_subscription_permissions(allow_all_participants=True)

    def _renew(self) -> None:
        if self._confidant:
            self._room.local_participant.set_track_subscription_permissions(
                allow_all_participants=False,
                participant_permissions=[self._of(identity) for identity in self._room.remote_participants],
            )

    def _of(self, identity: str) -> rtc.ParticipantTrackPermission:
        published = self._room.local_participant.track_publications.values()
        return rtc.ParticipantTrackPermission(
            participant_identity=identity,
            allow_all=identity == self._confidant,
            allowed_track_sids=[track.sid for track in published if track.name != self._private],
        )
