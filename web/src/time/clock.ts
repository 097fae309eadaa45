/** The service's time: a phone's own clock may be minutes off. */
import { useEffect, useState } from "react";
import { texts } from "../texts";

let ahead = 0;

/** Each answer that tells the service's time sets the clock. */
export function setClock(now: string): void {
  ahead = Date.parse(now) - Date.now();
}

export function clock(): number {
  return Date.now() + ahead;
}

/** Ticks once a second. */
export function useClock(): number {
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const ticking = setInterval(() => setNow(clock()), 1000);
    return () => clearInterval(ticking);
  }, []);
  return now;
}

export function secondsSince(time: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(time)) / 1000));
}

export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return texts.span(Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60);
}

export function timeOfDay(time: string): string {
  return new Intl.DateTimeFormat(texts.language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(time));
}

/** A language's name in the page's own, "de" → "German". */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([texts.language], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
