/** The room: who is there, the microphone, what the AI knows, and the ways out. */
import { RoomAudioRenderer, RoomContext } from "@livekit/components-react";
import { useSyncExternalStore } from "react";
import { Screen } from "../page/Screen";
import { texts } from "../texts";
import { BriefPanel } from "./BriefPanel";
import { ChatPanel } from "./ChatPanel";
import { Controls } from "./Controls";
import type { Call } from "./call";
import { MeetPanel } from "./MeetPanel";
import { MicrophonePanel } from "./MicrophonePanel";
import { usePeople } from "./people";
import { StatusBar } from "./StatusBar";
import type { State } from "./state";
import { TranscriptPanel } from "./TranscriptPanel";
import { useBrief } from "./useBrief";
import { WaysOut } from "./WaysOut";

const TITLES: Record<State["stage"], string> = {
  joining: texts.room.connecting,
  checking: texts.room.checking,
  talking: texts.room.talking,
  lost: texts.room.lost,
};

export function CallRoom({ call }: { call: Call }) {
  return (
    <RoomContext.Provider value={call.room}>
      <RoomAudioRenderer />
      <Inside call={call} />
    </RoomContext.Provider>
  );
}

function Inside({ call }: { call: Call }) {
  const state = useSyncExternalStore(call.state.subscribe, call.state.snapshot);
  return (
    <Screen stage={state.stage} title={TITLES[state.stage]} wide>
      <StatusBar state={state} />
      <div className="room">
        <MicrophonePanel call={call} state={state} />
        <Controls call={call} state={state} />
        {call.claim?.escalation_id && <Knowledge call={call} />}
        <div className="stack ways-out">
          {call.claim?.escalation_id && <WaysOut call={call} state={state} />}
          <MeetPanel call={call} />
        </div>
      </div>
    </Screen>
  );
}

/** What the AI knows and still hears: only calls that it gave to a person have that. */
function Knowledge({ call }: { call: Call }) {
  const { agent } = usePeople();
  const brief = useBrief(call.link, agent !== undefined);
  return (
    <div className="stack knowledge">
      <BriefPanel brief={brief} />
      <TranscriptPanel turns={brief?.transcript ?? []} />
      <ChatPanel agent={agent} />
    </div>
  );
}
