/** Whether this person is told of callers. */
import { Failure, useRunning } from "../page/Press";
import { texts } from "../texts";
import { type OwnState, setOwnState } from "../wire/desk";

const STATES: OwnState[] = ["available", "away"];

interface Props {
  state: OwnState;
  again: () => Promise<void>;
}

export function OwnStateChoice({ state, again }: Props) {
  const other: OwnState = state === "available" ? "away" : "available";
  const { busy, failure, run } = useRunning(() => setOwnState(other).then(again));
  return (
    <section aria-label={texts.desk.own} className="panel">
      <fieldset disabled={busy}>
        <legend>{texts.desk.own}</legend>
        {STATES.map((each) => (
          <label key={each} className="choice">
            <input type="radio" name="own-state" checked={each === state} onChange={run} />
            {texts.desk.states[each]}
          </label>
        ))}
      </fieldset>
      <p className="hint">{texts.desk.stateHints[state]}</p>
      <Failure words={failure} />
    </section>
  );
}
