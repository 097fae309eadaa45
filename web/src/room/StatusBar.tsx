/** Who is in the room and how good the connection is; says so when it is lost. */
import {
  useAudioPlayback,
  useConnectionQualityIndicator,
  useLocalParticipant,
} from "@livekit/components-react";
import { texts } from "../texts";
import { usePeople } from "./people";
import type { State } from "./state";

export function StatusBar({ state }: { state: State }) {
  const { caller, agent } = usePeople();
  const said = texts.room;
  return (
    <div className="status">
      <p role="status">
        {state.stage === "lost" ? said.lostHint : presence(state, Boolean(caller), Boolean(agent))}
      </p>
      {state.stage !== "lost" && <Connection />}
      <Sound />
    </div>
  );
}

function presence(state: State, caller: boolean, agent: boolean): string {
  if (state.stage === "joining") return texts.page.loading;
  const ai = agent ? texts.room.agentThere : texts.room.agentGone;
  return caller ? ai : texts.room.callerNotThere;
}

function Connection() {
  const { localParticipant } = useLocalParticipant();
  const { quality } = useConnectionQualityIndicator({ participant: localParticipant });
  return (
    <p className="quality" data-quality={quality}>
      {texts.room.connection}: <strong>{texts.room.qualities[quality] ?? quality}</strong>
    </p>
  );
}

/** Some browsers play nothing before a press on this very page, as after a reload. */
function Sound() {
  const { canPlayAudio, startAudio } = useAudioPlayback();
  if (canPlayAudio) return null;
  return (
    <button type="button" onClick={() => void startAudio()}>
      {texts.room.startSound}
    </button>
  );
}
