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
  const { agent, others } = usePeople();
  const said = texts.room;
  return (
    <div className="status">
      <p role="status">
        {state.stage === "lost" ? said.lostHint : company(state, others, agent !== undefined)}
      </p>
      {state.stage !== "lost" && <Connection />}
      <Sound />
    </div>
  );
}

function company(state: State, others: number, agent: boolean): string {
  if (state.stage === "joining") return texts.page.loading;
  if (others === 0) return texts.room.nobodyThere;
  return agent ? texts.room.agentThere : texts.room.agentGone;
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
