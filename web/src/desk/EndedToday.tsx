/** The calls that ended today, the latest first. */
import { texts } from "../texts";
import { span, timeOfDay } from "../time/clock";
import type { EndedCall } from "../wire/desk";

const COLUMNS = ["time", "reason", "status", "waited"];

export function EndedToday({ calls }: { calls: EndedCall[] }) {
  return (
    <section aria-label={texts.desk.ended} className="panel">
      <h2>{texts.desk.ended}</h2>
      {calls.length === 0 ? <p>{texts.desk.nothingEnded}</p> : <Table calls={calls} />}
    </section>
  );
}

function Table({ calls }: { calls: EndedCall[] }) {
  return (
    <table>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {texts.desk.columns[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={`${call.ended_at}${call.reason}`}>
            <td className="time">{timeOfDay(call.ended_at)}</td>
            <td>{texts.reasons[call.reason] ?? call.reason}</td>
            <td>{texts.statuses[call.status] ?? call.status}</td>
            <td className="time">{call.waited_s === null ? "–" : span(call.waited_s)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
