/** What the page shows of a call, and who wants to know when it changes. */
import type { Presence } from "../join/memory";

export interface State {
  stage: "joining" | "lost" | Presence;
  /** What it was before a connection was lost, and will be again. */
  presence: Presence;
  microphone: "asking" | "ready" | "refused" | "missing";
  muted: boolean;
  /** What comes in at the microphone: measured here even while the room hears nothing of it. */
  input: MediaStreamTrack | null;
  handingBack: boolean;
}

export function beginning(talking: boolean): State {
  return {
    stage: "joining",
    presence: talking ? "talking" : "checking",
    microphone: "asking",
    muted: !talking,
    input: null,
    handingBack: false,
  };
}

export class Observed<T extends object> {
  #now: T;
  readonly #observers = new Set<() => void>();

  constructor(first: T) {
    this.#now = first;
  }

  get now(): T {
    return this.#now;
  }

  change(changes: Partial<T>): void {
    this.#now = { ...this.#now, ...changes };
    for (const observer of this.#observers) observer();
  }

  subscribe = (observer: () => void): (() => void) => {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  };

  snapshot = (): T => this.#now;
}
