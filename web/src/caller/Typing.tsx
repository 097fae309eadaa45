/** Typing instead of talking; the AI takes it as what the caller says. */
import { useLocalParticipant } from "@livekit/components-react";
import { TextForm } from "../page/TextForm";
import type { Received } from "../room/useTextStreams";
import { texts } from "../texts";

const TOPIC = "lk.chat";

export function Typing({ onTyped }: { onTyped: (typed: Received) => void }) {
  const { localParticipant } = useLocalParticipant();
  const send = async (text: string) => {
    const { id, timestamp } = await localParticipant.sendText(text, { topic: TOPIC });
    onTyped({ id, from: localParticipant.identity, text, at: timestamp });
  };
  return <TextForm label={texts.caller.message} send={send} />;
}
