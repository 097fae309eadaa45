/** The AI's picture, where it has one; its voice is rendered with all the others. */
import { useTracks, VideoTrack } from "@livekit/components-react";
import { Track } from "livekit-client";
import { texts } from "../texts";

export function Avatar() {
  const [seen] = useTracks([Track.Source.Camera]).filter(({ participant }) => participant.isAgent);
  return seen ? <VideoTrack trackRef={seen} className="avatar" aria-label={texts.caller.avatar} /> : null;
}
