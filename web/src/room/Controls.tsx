/** Whether the caller hears this person, and the one button that changes it; always in reach of a thumb. */
import { Press } from "../page/Press";
import { texts } from "../texts";
import type { Call } from "./call";
import type { State } from "./state";

export function Controls({ call, state }: { call: Call; state: State }) {
  return (
    <div className="controls">
      <p role="status">{heard(state)}</p>
      {state.presence === "talking" ? (
        <Muting call={call} state={state} />
      ) : (
        <Talking call={call} state={state} />
      )}
    </div>
  );
}

function heard(state: State): string {
  if (state.stage === "lost") return "";
  if (state.presence !== "talking") return texts.room.silent;
  return state.muted ? texts.room.muted : texts.room.live;
}

function Talking({ call, state }: { call: Call; state: State }) {
  const ready = state.stage === "checking" && state.microphone === "ready";
  return (
    <Press does={() => call.talk()} disabled={!ready}>
      {texts.room.talk}
    </Press>
  );
}

function Muting({ call, state }: { call: Call; state: State }) {
  return (
    <Press quiet={!state.muted} does={() => call.microphone.mute(!state.muted)}>
      {state.muted ? texts.room.unmute : texts.room.mute}
    </Press>
  );
}
