/** A private line to the AI while it is there: it alone gets the words, and it answers this person alone. */
import { useLocalParticipant } from "@livekit/components-react";
import type { RemoteParticipant } from "livekit-client";
import { type FormEvent, useId, useState } from "react";
import { Failure } from "../page/Press";
import { texts } from "../texts";
import { useTextStreams } from "./useTextStreams";

const TOPIC = "handoff.chat";

interface Message {
  id: string;
  mine: boolean;
  text: string;
  at: number;
}

export function ChatPanel({ agent }: { agent: RemoteParticipant | undefined }) {
  const { messages, failure, send } = useChat(agent);
  return (
    <section aria-label={texts.room.chat} className="panel">
      <h2>{texts.room.chat}</h2>
      <ol className="chat" aria-live="polite">
        {messages.map((message) => (
          <li key={message.id} className={message.mine ? "mine" : "agent"}>
            <span className="role">{message.mine ? texts.room.chatYou : texts.room.roles.agent}</span>
            <span>{message.text}</span>
          </li>
        ))}
      </ol>
      {agent ? <Writing send={send} /> : <p className="hint">{texts.room.chatGone}</p>}
      <Failure words={failure} />
    </section>
  );
}

function Writing({ send }: { send: (text: string) => void }) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("text")).trim();
    if (text) send(text);
    event.currentTarget.reset();
  };
  return (
    <form onSubmit={submit}>
      <p className="hint">{texts.room.chatHint}</p>
      <label htmlFor={id}>{texts.room.chatLabel}</label>
      <div className="row">
        <input id={id} name="text" maxLength={500} autoComplete="off" />
        <button type="submit" className="quiet">
          {texts.room.chatSend}
        </button>
      </div>
    </form>
  );
}

function useChat(agent: RemoteParticipant | undefined) {
  const { localParticipant } = useLocalParticipant();
  const received = useTextStreams(TOPIC);
  const [mine, setMine] = useState<Message[]>([]);
  const [failure, setFailure] = useState("");
  const send = (text: string) => {
    setFailure("");
    setMine((before) => [...before, { id: `mine-${before.length}`, mine: true, text, at: Date.now() }]);
    localParticipant
      .sendText(text, { topic: TOPIC, destinationIdentities: agent ? [agent.identity] : [] })
      .catch(() => setFailure(texts.room.chatFailed));
  };
  const answers = received.map(({ id, text, at }) => ({ id, mine: false, text, at }));
  return { messages: [...mine, ...answers].sort((one, other) => one.at - other.at), failure, send };
}
