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
import { isForCaller, mayOnlyListen } from "./seat";
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
    <Screen stage={state.stage} title={title(call, state)} wide>
      <StatusBar state={state} />
      <div className="room">
        {!mayOnlyListen(call.claim) && <MicrophonePanel call={call} state={state} />}
        {!mayOnlyListen(call.claim) && <Controls call={call} state={state} />}
        {isForCaller(call.claim) && <Knowledge call={call} />}
        <div className="stack ways-out">
          {isForCaller(call.claim) && <WaysOut call={call} state={state} />}
          <MeetPanel call={call} />
        </div>
      </div>
    </Screen>
  );
}

function title(call: Call, { stage }: State): string {
  return mayOnlyListen(call.claim) && stage === "checking" ? texts.room.listening : TITLES[stage];
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
