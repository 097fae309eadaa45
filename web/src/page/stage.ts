/** Says on the page itself where it stands, for styles and for those who test it. */
import { useEffect } from "react";

export type Stage =
  | "loading"
  | "waiting"
  | "taken"
  | "yours"
  | "ended"
  | "joining"
  | "checking"
  | "talking"
  | "lost"
  | "elsewhere"
  | "handed-back"
  | "done"
  | "failed"
  | "desk"
  | "signed-out"
  | "calling"
  | "in-call"
  | "over";

export function useStage(stage: Stage, title: string): void {
  useEffect(() => {
    document.body.dataset.stage = stage;
    document.title = title;
  }, [stage, title]);
}

/** One moment of the way from the press to the talk; only the first of a kind counts. */
export function mark(moment: "pressed" | "claimed" | "connected" | "heard" | "talking"): void {
  const name = `handoff:${moment}`;
  if (performance.getEntriesByName(name).length === 0) performance.mark(name);
}
