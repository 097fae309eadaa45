/** The call as the caller has it: who one talks with, the captions, the microphone, and typing. */
import {
  LiveKitRoom,
  RoomAudioRenderer,
  useLocalParticipant,
  useRoomContext,
} from "@livekit/components-react";
import "../room/room.css";
import { useState } from "react";
import { Press } from "../page/Press";
import { Screen } from "../page/Screen";
import type { Received } from "../room/useTextStreams";
import { texts } from "../texts";
import type { Place } from "../wire/calling";
import { Avatar } from "./Avatar";
import { Captions } from "./Captions";
import { Typing } from "./Typing";
import { useCompany } from "./useCompany";

interface Props {
  place: Place;
  speaking: boolean;
  onOver: () => void;
}

export function Conversation({ place, speaking, onOver }: Props) {
  const [deaf, setDeaf] = useState(false);
  return (
    <LiveKitRoom
      serverUrl={place.livekit_url}
      token={place.token}
      audio={speaking}
      onDisconnected={onOver}
      onMediaDeviceFailure={() => setDeaf(true)}
    >
      <RoomAudioRenderer />
      <Talk deaf={deaf} />
    </LiveKitRoom>
  );
}

function Talk({ deaf }: { deaf: boolean }) {
  const company = useCompany();
  const room = useRoomContext();
  const [typed, setTyped] = useState<Received[]>([]);
  return (
    <Screen stage="in-call" title={company}>
      {deaf && <p role="alert">{texts.caller.noMicrophone}</p>}
      <div className="stack">
        <Avatar />
        <Captions typed={typed} />
        <Typing onTyped={(one) => setTyped((before) => [...before, one])} />
        <Muting />
        <Press quiet does={() => room.disconnect()}>
          {texts.caller.hangUp}
        </Press>
      </div>
    </Screen>
  );
}

function Muting() {
  const { localParticipant, isMicrophoneEnabled } = useLocalParticipant();
  return (
    <Press quiet does={() => localParticipant.setMicrophoneEnabled(!isMicrophoneEnabled)}>
      {isMicrophoneEnabled ? texts.room.mute : texts.room.unmute}
    </Press>
  );
}
