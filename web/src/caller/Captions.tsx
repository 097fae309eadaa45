/** What both sides have said, as text, the latest at the end. */
import { useLocalParticipant } from "@livekit/components-react";
import { isAgent } from "../room/people";
import { useScrolled } from "../room/useScrolled";
import { type Received, useTextStreams } from "../room/useTextStreams";
import { texts } from "../texts";

/** What was typed is said too; nobody sends it back. */
export function Captions({ typed }: { typed: Received[] }) {
  const { localParticipant } = useLocalParticipant();
  const spoken = useTextStreams("lk.transcription");
  const said = [...spoken, ...typed].sort((one, other) => one.at - other.at);
  const list = useScrolled(said.length);
  const who = (from: string) => (from === localParticipant.identity ? "you" : "agent");
  return (
    <section aria-label={texts.caller.captions} className="panel">
      <h2>{texts.caller.captions}</h2>
      {/* It scrolls, so the keyboard must be able to reach it. */}
      <ol
        ref={list}
        className="transcript"
        tabIndex={0}
        aria-label={texts.caller.captions}
        aria-live="polite"
      >
        {said.map(({ id, from, text }) => (
          <li key={id} className={isAgent(from) ? "agent" : "caller"}>
            <span className="role">{texts.caller.roles[who(from)]}</span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
