/** Where the bars of a plot stand: hours along, counts up, in units of the drawing. */
import type { Hour } from "../wire/desk";

export const WIDTH = 480;
export const HEIGHT = 120;
const GAP = 4;

export interface Bar {
  key: string;
  series: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The hours in between, in which nothing happened, are hours too. */
export function everyHour(hours: readonly Hour[]): Hour[] {
  const known = new Map(hours.map((hour) => [hour.hour, hour]));
  const first = Math.min(...known.keys());
  const last = Math.max(...known.keys());
  return Array.from(
    { length: last - first + 1 },
    (_, index) => known.get(first + index) ?? quiet(first + index),
  );
}

/** One stack of bars an hour, the first series at the bottom. */
export function stacked(hours: readonly Hour[], series: readonly (keyof Hour)[]): Bar[] {
  const value = (hour: Hour, name: keyof Hour) => hour[name] ?? 0;
  const most = Math.max(1, ...hours.map((hour) => series.reduce((sum, name) => sum + value(hour, name), 0)));
  const width = WIDTH / hours.length - GAP;
  return hours.flatMap((hour, place) => {
    let top = HEIGHT;
    return series.map((name) => {
      const height = (value(hour, name) / most) * HEIGHT;
      top -= height;
      const x = place * (width + GAP) + GAP / 2;
      return { key: `${hour.hour}-${name}`, series: name, x, y: top, width, height };
    });
  });
}

function quiet(hour: number): Hour {
  return { hour, answered: 0, unanswered: 0, abandoned: 0, median_answer_s: null };
}
