/** Today in numbers, each with its plot over the hours; the plots are a table too. */
import { texts } from "../texts";
import { span } from "../time/clock";
import type { Counts, Hour } from "../wire/desk";
import { CallsPlot, MedianPlot } from "./Plots";

const SERIES = ["answered", "unanswered", "abandoned"] as const;

export function Numbers({ numbers }: { numbers: Counts & { by_hour: Hour[] } }) {
  const hours = numbers.by_hour;
  const calls = numbers.answered + numbers.unanswered + numbers.abandoned;
  return (
    <section aria-label={texts.desk.numbers} className="panel">
      <h2>{texts.desk.numbers}</h2>
      <dl className="figures">
        <Figure name="median" label={texts.desk.median} value={median(numbers)} />
        {SERIES.map((name) => (
          <Figure key={name} name={name} label={texts.desk[name]} value={String(numbers[name])} />
        ))}
      </dl>
      {calls > 0 && (
        <>
          <CallsPlot hours={hours} />
          {numbers.median_answer_s !== null && <MedianPlot hours={hours} />}
          <details>
            <summary>{texts.desk.asTable}</summary>
            <HoursTable hours={hours} />
          </details>
        </>
      )}
    </section>
  );
}

function Figure({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <div className={name}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function HoursTable({ hours }: { hours: Hour[] }) {
  const columns = [texts.desk.hour, ...SERIES.map((name) => texts.desk[name]), texts.desk.median];
  return (
    <table>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <tr key={hour.hour}>
            <td>{hour.hour}</td>
            {SERIES.map((name) => (
              <td key={name}>{hour[name]}</td>
            ))}
            <td>{median(hour)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function median({ median_answer_s: seconds }: Counts): string {
  return seconds === null ? texts.desk.noMedian : span(seconds);
}
