/** What a seat in the room is for. */
import type { Claim } from "../wire/link";

const OBSERVER = "observer-";

/** A caller asked for a person: only then is there a brief, and an end to be noted. */
export function isForCaller(claim: Claim | null): boolean {
  return Boolean(claim?.escalation_id);
}

/** Without a microphone in the room. */
export function mayOnlyListen(claim: Claim | null): boolean {
  return claim?.identity.startsWith(OBSERVER) ?? false;
}
