/** What a person's link answers, and what they can say by it. */
import { ask, post } from "./request";

export interface Taken {
  name: string;
  since: string;
}

export interface Eta {
  name: string;
  minutes: number;
  at: string;
}

export interface Look {
  state: "waiting" | "taken" | "yours" | "ended";
  kind: "claim" | "seat";
  role?: "human_agent" | "caller" | "observer";
  reason: string | null;
  team: string | null;
  language: string | null;
  waiting_since: string | null;
  now: string;
  you: { name: string } | null;
  taken: Taken | null;
  eta: Eta | null;
  declined: boolean;
  ended: { words: string; reason?: string; at: string | null; status: string | null } | null;
}

export interface Claim {
  livekit_url: string;
  token: string;
  room: string;
  identity: string;
  name: string;
  meet_url: string;
  escalation_id: string | null;
  expires_at: string;
}

export interface BriefLine {
  kind: string;
  text: string;
  turns: number[];
}

export interface Turn {
  turn: number;
  role: "caller" | "agent";
  text: string;
}

export interface Brief {
  caller: { name: string | null; phone: string | null; identity: string } | null;
  summary: string;
  lines: BriefLine[];
  transcript: Turn[];
  refreshed_at: string | null;
}

export const DISPOSITIONS = ["resolved", "follow_up", "no_caller", "other"] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** All that a page can do by one link; each path begins with it. */
export class Link {
  constructor(readonly path: string) {}

  look = (): Promise<Look> => ask(this.path);
  claim = (): Promise<Claim> => post(`${this.path}/claim`);
  brief = (): Promise<Brief> => ask(`${this.path}/brief`);
  eta = (minutes: number): Promise<void> => post(`${this.path}/eta`, { minutes });
  decline = (): Promise<void> => post(`${this.path}/decline`);
  handBack = (note: string): Promise<void> => post(`${this.path}/hand-back`, { note });
  complete = (disposition: Disposition, notes: string): Promise<void> =>
    post(`${this.path}/complete`, { disposition, notes });
}
