/** The words of the call: those the AI has written down, and live what is said while it is there. */
import { texts } from "../texts";
import type { Turn } from "../wire/link";
import { isAgent } from "./people";
import { type Entry, merged, type Said } from "./transcript";
import { useScrolled } from "./useScrolled";
import { useTextStreams } from "./useTextStreams";

export function TranscriptPanel({ turns }: { turns: readonly Turn[] }) {
  const entries = merged(turns, useSaid());
  const list = useScrolled(entries.length);
  return (
    <section aria-label={texts.room.transcript} className="panel">
      <h2>{texts.room.transcript}</h2>
      {entries.length === 0 && <p>{texts.room.transcriptEmpty}</p>}
      {/* It scrolls, so the keyboard must be able to reach it. */}
      <ol ref={list} className="transcript" tabIndex={0} aria-label={texts.room.transcript}>
        {entries.map((entry) => (
          <Spoken key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

/** Shows a turn of the transcript to whoever wants to know where a line comes from. */
export function pointTo(turn: number): void {
  const entry = document.getElementById(`turn-${turn}`);
  entry?.scrollIntoView({ block: "center" });
  entry?.focus();
}

function Spoken({ entry }: { entry: Entry }) {
  return (
    <li id={entry.id} tabIndex={-1} className={entry.role}>
      <span className="role">
        {texts.room.roles[entry.role]}{" "}
        <small>{entry.turn ? texts.room.turn(entry.turn) : texts.room.transcriptLive}</small>
      </span>
      <span>{entry.text}</span>
    </li>
  );
}

/** Callers may type instead of talking: by another topic, but no less said. */
function useSaid(): Said[] {
  const spoken = useTextStreams("lk.transcription");
  const typed = useTextStreams("lk.chat");
  return [...spoken, ...typed]
    .sort((one, other) => one.at - other.at)
    .map(({ id, from, text }) => ({ id: `live-${id}`, role: isAgent(from) ? "agent" : "caller", text }));
}
