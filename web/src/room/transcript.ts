/** One transcript out of two: the turns that the AI wrote down, and what is being said right now. */
import type { Turn } from "../wire/link";

export interface Said {
  id: string;
  role: Turn["role"];
  text: string;
}

export interface Entry extends Said {
  /** None for what the AI has not written down yet. */
  turn: number | null;
}

/** What the AI has written down is not told a second time. */
export function merged(turns: readonly Turn[], live: readonly Said[]): Entry[] {
  const written = turns.map((turn) => ({ ...turn, id: `turn-${turn.turn}` }));
  const known = new Set(turns.map(fingerprint));
  const fresh = live.filter((said) => words(said.text) && !known.has(fingerprint(said)));
  return [...written, ...fresh.map((said) => ({ ...said, turn: null }))];
}

function fingerprint({ role, text }: { role: string; text: string }): string {
  return `${role}:${words(text)}`;
}

/** Without case, punctuation and what cannot be seen. */
function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
