/** A caller waits: one big press takes the call, smaller ones answer that it will be later or never. */
import type { ReactNode } from "react";
import { Press } from "../page/Press";
import { Screen } from "../page/Screen";
import { texts } from "../texts";
import type { Link, Look } from "../wire/link";
import { CallFacts } from "./CallFacts";

interface Props {
  look: Look;
  link: Link;
  again: () => Promise<void>;
  onJoin: () => Promise<void>;
  children: ReactNode;
}

export function Waiting({ look, link, again, onJoin, children }: Props) {
  const said = texts.look;
  return (
    <Screen stage="waiting" title={look.kind === "claim" ? said.waiting : said.direct}>
      {children}
      <CallFacts look={look} />
      <Press does={onJoin}>{said.join}</Press>
      <p className="hint">{said.hint}</p>
      {look.kind === "claim" && <Answers look={look} link={link} again={again} />}
    </Screen>
  );
}

function Answers({ look, link, again }: { look: Look; link: Link; again: () => Promise<void> }) {
  const said = texts.look;
  const then = (answer: () => Promise<void>) => () => answer().then(again);
  return (
    <section aria-labelledby="not-now">
      <h2 id="not-now">{said.notNow}</h2>
      <div className="stack">
        <Press quiet does={then(() => link.eta(2))}>
          {said.twoMinutes}
        </Press>
        <Press quiet does={then(() => link.eta(0))}>
          {said.onMyWay}
        </Press>
        {look.declined ? (
          <p role="status">{said.declined}</p>
        ) : (
          <Press quiet does={then(link.decline)}>
            {said.cannot}
          </Press>
        )}
      </div>
    </section>
  );
}
