/** Notes the moment from which the caller is heard. */
import { type Participant, type RemoteTrack, Track, TrackEvent } from "livekit-client";
import { mark } from "../page/stage";

export function markHeard(track: RemoteTrack, _: unknown, participant: Participant): void {
  if (track.kind !== Track.Kind.Audio || participant.isAgent) return;
  track.once(TrackEvent.AudioPlaybackStarted, () => mark("heard"));
}
