/** Looks at the link again and again, which changes nothing, while somebody can see the page. */
import { useCallback, useEffect, useState } from "react";
import { setClock } from "../time/clock";
import { repeated } from "../time/repeated";
import type { Link, Look } from "../wire/link";
import { ProblemError } from "../wire/request";

const EVERY_MS = 3000;

export interface Looked {
  look: Look | null;
  problem: ProblemError | null;
  again: () => Promise<void>;
}

export function useLook(link: Link, watching: boolean): Looked {
  const [look, setLook] = useState<Look | null>(null);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const again = useCallback(async () => {
    try {
      const seen = await link.look();
      setClock(seen.now);
      setLook(seen);
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof ProblemError ? error : null);
    }
  }, [link]);
  useEffect(() => (watching ? repeated(again, EVERY_MS) : undefined), [again, watching]);
  return { look, problem, again };
}
