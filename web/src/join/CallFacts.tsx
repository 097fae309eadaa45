/** The little that a link tells of a call before it is taken. */
import { Facts } from "../page/Facts";
import { texts } from "../texts";
import { languageName, secondsSince, span, useClock } from "../time/clock";
import type { Look } from "../wire/link";

export function CallFacts({ look }: { look: Look }) {
  const now = useClock();
  const { eta, taken, waiting_since: since } = look;
  return (
    <Facts
      rows={{
        [texts.look.reason]: look.reason && (texts.reasons[look.reason] ?? look.reason),
        [texts.look.team]: look.team,
        [texts.look.language]: look.language && languageName(look.language),
        [texts.look.waited]: since && !taken && (
          <span className="time">{span(secondsSince(since, now))}</span>
        ),
        [texts.look.onTheWay]:
          eta && !taken && texts.look.eta(eta.name, eta.minutes, span(secondsSince(eta.at, now))),
      }}
    />
  );
}
