/** The queue: who waits for a person, how long, and the press that takes the call. */
import { useId } from "react";
import { Press } from "../page/Press";
import { texts } from "../texts";
import { languageName, secondsSince, span, useClock } from "../time/clock";
import type { WaitingCall } from "../wire/desk";
import { take } from "./taking";

interface Props {
  calls: WaitingCall[];
  again: () => Promise<void>;
}

export function WaitingCalls({ calls, again }: Props) {
  return (
    <section aria-label={texts.desk.waiting} className="panel">
      <h2>{texts.desk.waiting}</h2>
      <p role="status" className={calls.length ? "unseen" : undefined}>
        {calls.length ? texts.desk.waitingCount(calls.length) : texts.desk.nobodyWaits}
      </p>
      <ul className="calls">
        {calls.map((call) => (
          <li key={call.escalation_id}>
            <Waiting call={call} again={again} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Waiting({ call, again }: { call: WaitingCall; again: () => Promise<void> }) {
  const id = useId();
  const now = useClock();
  const ago = (time: string) => span(secondsSince(time, now));
  const { taken, eta } = call;
  return (
    <>
      <div id={id}>
        <p className="reason">{texts.reasons[call.reason] ?? call.reason}</p>
        <p className="time">{[...about(call), texts.desk.waited(ago(call.waiting_since))].join(" · ")}</p>
        {taken && <p>{texts.look.took(taken.name, ago(taken.since))}</p>}
        {eta && !taken && <p>{texts.look.eta(eta.name, eta.minutes, ago(eta.at))}</p>}
      </div>
      {!taken && (
        <Press does={() => take(call.escalation_id).finally(again)} describedBy={id}>
          {texts.desk.take}
        </Press>
      )}
    </>
  );
}

function about({ team, language }: WaitingCall): string[] {
  return [team ?? "", language ? languageName(language) : ""].filter(Boolean);
}
