/** What the desk knows and can do; nothing of it is about a caller. */
import type { Eta, Taken } from "./link";
import { ask, post } from "./request";

export type OwnState = "available" | "away";

export interface WaitingCall {
  escalation_id: string;
  reason: string;
  team: string | null;
  language: string | null;
  waiting_since: string;
  taken: Taken | null;
  eta: Eta | null;
}

export interface CallUnderWay {
  escalation_id: string;
  name: string;
  since: string;
  mine: boolean;
}

export interface EndedCall {
  reason: string;
  status: string;
  ended_at: string;
  waited_s: number | null;
}

export interface Counts {
  answered: number;
  unanswered: number;
  abandoned: number;
  median_answer_s: number | null;
}

export interface Hour extends Counts {
  hour: number;
}

export interface Desk {
  me: { id: string; name: string; state: OwnState };
  now: string;
  waiting: WaitingCall[];
  in_call: CallUnderWay[];
  ended_today: EndedCall[];
  numbers: Counts & { by_hour: Hour[] };
}

const UNASKED = { "x-handoff-poll": "1" };

/** Looking by itself does not keep anybody signed in; a person's press does. */
export const lookAtDesk = (byPerson: boolean): Promise<Desk> =>
  ask("/desk/state", byPerson ? {} : { headers: UNASKED });

export const signIn = (who: string): Promise<void> => post("/desk/sign-in", { who });
export const signOut = (): Promise<void> => post("/desk/sign-out");
export const setOwnState = (state: OwnState): Promise<void> => post("/desk/me", { state });
export const linkTo = (escalation: string): Promise<{ url: string }> =>
  post(`/desk/escalations/${encodeURIComponent(escalation)}/link`);
