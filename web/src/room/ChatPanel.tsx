/** A private line to the AI while it is there: it alone gets the words, and it answers this person alone. */
import { useLocalParticipant } from "@livekit/components-react";
import type { RemoteParticipant } from "livekit-client";
import { useState } from "react";
import { TextForm } from "../page/TextForm";
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
  const { messages, send } = useChat(agent);
  return (
    <section aria-label={texts.room.chat} className="panel">
      <h2>{texts.room.chat}</h2>
      <p className="hint">{agent ? texts.room.chatHint : texts.room.chatGone}</p>
      <ol className="chat" aria-live="polite">
        {messages.map((message) => (
          <li key={message.id} className={message.mine ? "mine" : "agent"}>
            <span className="role">{message.mine ? texts.room.chatYou : texts.room.roles.agent}</span>
            <span>{message.text}</span>
          </li>
        ))}
      </ol>
      {agent && <TextForm label={texts.room.chatLabel} send={send} />}
    </section>
  );
}

function useChat(agent: RemoteParticipant | undefined) {
  const { localParticipant } = useLocalParticipant();
  const received = useTextStreams(TOPIC);
  const [mine, setMine] = useState<Message[]>([]);
  const send = (text: string) => {
    setMine((before) => [...before, { id: `mine-${before.length}`, mine: true, text, at: Date.now() }]);
    const only = agent ? [agent.identity] : [];
    return localParticipant.sendText(text, { topic: TOPIC, destinationIdentities: only });
  };
  const answers = received.map(({ id, text, at }) => ({ id, mine: false, text, at }));
  return { messages: [...mine, ...answers].sort((one, other) => one.at - other.at), send };
}
