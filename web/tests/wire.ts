/** The service's side of the wire: answers that a test may change, and what it was asked for. */
import { vi } from "vitest";
import type { Look } from "../src/wire/link";

export const PATH = "/j/AAAAAAAAAAAAAAAAAAAAAA";
export const NOW = "2026-11-24T12:00:40.000Z";

export const WAITING: Look = {
  state: "waiting",
  kind: "claim",
  role: "human_agent",
  reason: "caller_request",
  team: "billing",
  language: "en",
  waiting_since: "2026-11-24T12:00:00.000Z",
  now: NOW,
  you: { name: "Maria" },
  taken: null,
  eta: null,
  declined: false,
  ended: null,
};

export class Wire {
  readonly asked: string[] = [];
  #answers = new Map<string, () => Response>();

  constructor() {
    vi.stubGlobal("fetch", (path: string, init?: RequestInit) => {
      const call = `${init?.method ?? "GET"} ${path}`;
      this.asked.push(call);
      return Promise.resolve(this.#answers.get(call)?.() ?? new Response(null, { status: 404 }));
    });
  }

  answers(call: string, body: object, status = 200): void {
    this.#answers.set(call, () => Response.json(body, { status }));
  }

  get posts(): string[] {
    return this.asked.filter((call) => call.startsWith("POST"));
  }
}
