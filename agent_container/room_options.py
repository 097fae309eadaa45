"""How an AI's session uses the room: it listens to its caller alone, and leaves the room standing."""

from livekit.agents.voice.room_io import RoomOptions


def options_for(caller_identity: str) -> RoomOptions:
    return RoomOptions(
        participant_identity=caller_identity,
        # Written words would reach the AI past its silence.
        text_input=False,
        # Ours: a caller lost by the network must end the call too, but may come back first.
        close_on_disconnect=False,
        delete_room_on_close=False,
    )
