/** After a lost connection: asks whose the call is until somebody answers, and claims it again while it is still ours. */
import type { DisconnectReason } from "livekit-client";
import type { Claim, Link } from "../wire/link";
import { ProblemError } from "../wire/request";
import { fate, type Left } from "./left";

const PAUSES_MS = [0, 1000, 2000, 4000, 8000, 15_000];

export type Next = { left: Left } | { claim: Claim };

export async function comeBack(
  link: Link,
  reason: DisconnectReason | undefined,
  failures: number,
): Promise<Next> {
  for (let attempt = failures; ; attempt += 1) {
    await reachable(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)] ?? 0);
    const next = await asked(link, reason);
    if (next) return next;
  }
}

async function asked(link: Link, reason: DisconnectReason | undefined): Promise<Next | null> {
  try {
    const left = fate(reason, await link.look());
    return left ? { left } : { claim: await link.claim() };
  } catch (error) {
    if (error instanceof ProblemError && error.passing) return null;
    return { left: { how: "ended" } };
  }
}

/** A moment, or less when the network is back sooner. */
function reachable(pause: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, pause);
    window.addEventListener("online", done);
  });
}
