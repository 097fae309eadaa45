/** The other way in, for those who want LiveKit Meet: a link with a token of one minute, made on the press. */
import { useState } from "react";
import { Press } from "../page/Press";
import { texts } from "../texts";
import type { Call } from "./call";

export function MeetPanel({ call }: { call: Call }) {
  const [url, setUrl] = useState("");
  const said = texts.room;
  return (
    <section aria-label={said.meetTitle} className="panel">
      <h2>{said.meetTitle}</h2>
      {url ? (
        <>
          <p>{said.meetReady}</p>
          <a className="button quiet" href={url} target="_blank" rel="noopener noreferrer">
            {said.meetGo}
          </a>
        </>
      ) : (
        <>
          <p className="hint">{said.meetHint}</p>
          <Press quiet does={() => call.meetUrl().then(setUrl)}>
            {said.meet}
          </Press>
        </>
      )}
    </section>
  );
}
