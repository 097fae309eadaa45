/** How the person leaves the call: done with it, or back to the AI. */
import { Ending, HandingBack } from "../join/Outcome";
import { Press } from "../page/Press";
import { texts } from "../texts";
import type { Call } from "./call";
import type { State } from "./state";

export function WaysOut({ call, state }: { call: Call; state: State }) {
  if (state.presence === "checking") return <Leaving call={call} />;
  if (state.handingBack) {
    return (
      <p role="status" className="panel">
        {texts.room.handingBack}
      </p>
    );
  }
  return (
    <>
      <Ending complete={(disposition, notes) => call.complete(disposition, notes)} />
      <HandingBack handBack={(note) => call.handBack(note)} />
    </>
  );
}

/** Nobody has heard this person yet: there is nothing to end. */
function Leaving({ call }: { call: Call }) {
  return (
    <Press quiet does={() => call.leave({ how: "left" })}>
      {texts.room.leave}
    </Press>
  );
}
