/** The AI's brief, asked for again as long as the AI may still add to it. */
import { useEffect, useState } from "react";
import { repeated } from "../time/repeated";
import type { Brief, Link } from "../wire/link";

const EVERY_MS = 5000;

export function useBrief(link: Link, agentThere: boolean): Brief | null {
  const [brief, setBrief] = useState<Brief | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one more look when the AI has come or gone
  useEffect(() => {
    // A brief that cannot be had now is asked for again; the call does not wait for it.
    return repeated(() => link.brief().then(setBrief), EVERY_MS);
  }, [link, agentThere]);
  return brief;
}
