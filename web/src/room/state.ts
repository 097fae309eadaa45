/** What the page shows of a call, and who wants to know when it changes. */
export interface State {
  stage: "joining" | "checking" | "talking" | "lost";
  microphone: "asking" | "ready" | "refused" | "missing";
  muted: boolean;
  /** What comes in at the microphone: measured here even while the room hears nothing of it. */
  input: MediaStreamTrack | null;
  handingBack: boolean;
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
