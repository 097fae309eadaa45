/** The desk as it is now, looked at every few seconds, and whether this browser is signed in at all. */
import { useCallback, useEffect, useRef, useState } from "react";
import { setClock } from "../time/clock";
import { repeated } from "../time/repeated";
import { type Desk, lookAtDesk } from "../wire/desk";
import { ProblemError } from "../wire/request";
import { Activity } from "./activity";

const EVERY_MS = 3000;

export interface Seen {
  desk: Desk | null;
  signedIn: boolean | null;
  problem: ProblemError | null;
}

export function useDesk() {
  const [seen, setSeen] = useState<Seen>({ desk: null, signedIn: null, problem: null });
  const activity = useRef<Activity | null>(null);
  activity.current ??= new Activity();
  const look = useCallback(async (byPerson: boolean) => {
    try {
      const desk = await lookAtDesk(byPerson);
      setClock(desk.now);
      setSeen({ desk, signedIn: true, problem: null });
    } catch (error) {
      setSeen((before) => seenAfter(before, error));
    }
  }, []);
  useEffect(() => {
    const watched = activity.current?.watch();
    const stop = repeated(() => look(activity.current?.sinceLastAsked() ?? false), EVERY_MS);
    return () => {
      stop();
      watched?.();
    };
  }, [look]);
  return { ...seen, again: () => look(true), activity: activity.current };
}

/** A look that failed leaves what was seen; one that is refused leaves nothing. */
export function seenAfter(before: Seen, error: unknown): Seen {
  const problem = error instanceof ProblemError ? error : null;
  return problem?.status === 401 ? { desk: null, signedIn: false, problem: null } : { ...before, problem };
}
