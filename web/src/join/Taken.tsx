/** Somebody has the call: another person, or this very browser in another tab. */
import type { ReactNode } from "react";
import { Press } from "../page/Press";
import { Screen } from "../page/Screen";
import { texts } from "../texts";
import { secondsSince, span, useClock } from "../time/clock";
import type { Look } from "../wire/link";
import { CallFacts } from "./CallFacts";

export function Taken({ look, children }: { look: Look; children: ReactNode }) {
  return (
    <Screen stage="taken" title={texts.look.taken}>
      <Taker look={look} />
      {children}
      <CallFacts look={look} />
    </Screen>
  );
}

interface YoursProps {
  look: Look;
  onJoin: () => Promise<void>;
  children: ReactNode;
}

export function Yours({ look, onJoin, children }: YoursProps) {
  return (
    <Screen stage="yours" title={texts.look.yours}>
      <Taker look={look} />
      <p>{texts.look.yoursElsewhere}</p>
      {children}
      <CallFacts look={look} />
      <Press does={onJoin}>{texts.look.comeBack}</Press>
    </Screen>
  );
}

function Taker({ look }: { look: Look }) {
  const now = useClock();
  const taken = look.taken;
  return (
    taken && <p className="taker">{texts.look.took(taken.name, span(secondsSince(taken.since, now)))}</p>
  );
}
