/** What the AI tells the person who takes over, each line with the turns that it comes from. */
import { Facts } from "../page/Facts";
import { texts } from "../texts";
import type { Brief, BriefLine } from "../wire/link";
import { pointTo } from "./TranscriptPanel";

export function BriefPanel({ brief }: { brief: Brief | null }) {
  return (
    <section aria-label={texts.room.brief} className="panel">
      <h2>{texts.room.brief}</h2>
      {brief ? <Told brief={brief} /> : <p role="status">{texts.room.briefWaiting}</p>}
    </section>
  );
}

function Told({ brief }: { brief: Brief }) {
  const { caller, summary, lines } = brief;
  const name = caller?.name || texts.room.unknownCaller;
  return (
    <>
      <Facts rows={{ [texts.room.caller]: <Caller name={name} phone={caller?.phone ?? ""} /> }} />
      <p className="summary">{summary || (lines.length ? "" : texts.room.briefNone)}</p>
      <ul className="lines">
        {lines.map((line) => (
          <li key={`${line.kind}:${line.text}`}>
            <Line line={line} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Caller({ name, phone }: { name: string; phone: string }) {
  return (
    <>
      {name} {phone && <a href={`tel:${phone}`}>{phone}</a>}
    </>
  );
}

function Line({ line }: { line: BriefLine }) {
  return (
    <>
      <span className="kind">{texts.room.kinds[line.kind] ?? line.kind}</span> {line.text}{" "}
      {line.turns.map((turn) => (
        <button key={turn} type="button" className="reference" onClick={() => pointTo(turn)}>
          {texts.room.turn(turn)}
        </button>
      ))}
    </>
  );
}
