/** Two small plots of today's hours: how many calls, and how long it took to answer. */
import { texts } from "../texts";
import { span } from "../time/clock";
import type { Hour } from "../wire/desk";
import { type Bar, everyHour, HEIGHT, stacked, WIDTH } from "./plotting";

const AXIS = 24;

export function CallsPlot({ hours }: { hours: Hour[] }) {
  const all = everyHour(hours);
  const bars = stacked(all, ["answered", "unanswered", "abandoned"]);
  const most = Math.max(...all.map((hour) => hour.answered + hour.unanswered + hour.abandoned));
  return <Plot title={texts.desk.callsByHour} top={String(most)} hours={all} bars={bars} />;
}

export function MedianPlot({ hours }: { hours: Hour[] }) {
  const all = everyHour(hours);
  const bars = stacked(all, ["median_answer_s"]);
  const most = Math.max(...all.map((hour) => hour.median_answer_s ?? 0));
  return <Plot title={texts.desk.medianByHour} top={span(most)} hours={all} bars={bars} />;
}

interface Props {
  title: string;
  /** What the highest bar stands for. */
  top: string;
  hours: Hour[];
  bars: Bar[];
}

function Plot({ title, top, hours, bars }: Props) {
  const step = WIDTH / hours.length;
  return (
    <figure>
      <figcaption>
        {title} <span className="hint">(max. {top})</span>
      </figcaption>
      <svg role="img" aria-label={title} viewBox={`0 0 ${WIDTH} ${HEIGHT + AXIS}`}>
        <line className="axis" x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {bars.map(({ key, series, ...place }) => (
          <rect key={key} className={series} {...place} />
        ))}
        {hours.map(({ hour }, place) => (
          <text key={hour} x={(place + 0.5) * step} y={HEIGHT + AXIS - 4} textAnchor="middle">
            {hours.length <= 12 || place % 2 === 0 ? hour : ""}
          </text>
        ))}
      </svg>
    </figure>
  );
}
