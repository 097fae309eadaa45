/** Who is talking with a caller now; one's own call can be opened again from here. */
import { Press } from "../page/Press";
import { texts } from "../texts";
import { secondsSince, span, useClock } from "../time/clock";
import type { CallUnderWay } from "../wire/desk";
import { take } from "./taking";

export function InCall({ calls }: { calls: CallUnderWay[] }) {
  const now = useClock();
  return (
    <section aria-label={texts.desk.inCall} className="panel">
      <h2>{texts.desk.inCall}</h2>
      {calls.length === 0 && <p>{texts.desk.nobodyInCall}</p>}
      <ul className="calls">
        {calls.map((call) => (
          <li key={call.escalation_id}>
            <p className="time">{texts.desk.since(who(call), span(secondsSince(call.since, now)))}</p>
            {call.mine && (
              <Press quiet does={() => take(call.escalation_id)}>
                {texts.desk.comeBack}
              </Press>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function who({ name, mine }: CallUnderWay): string {
  return mine ? `${name} (${texts.desk.you})` : name;
}
