/** Tells this browser's other tabs of the same call that one of them is in the room now. */
export class Tabs {
  readonly #channel: BroadcastChannel;

  constructor(path: string, onEntered: () => void) {
    this.#channel = new BroadcastChannel(`handoff:${path}`);
    this.#channel.onmessage = onEntered;
  }

  entered(): void {
    this.#channel.postMessage("entered");
  }

  close(): void {
    this.#channel.close();
  }
}
