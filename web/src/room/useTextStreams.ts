/** What was sent as text by a topic; a text that was cut off, as by an AI that left, stays as far as it came. */
import { useRoomContext } from "@livekit/components-react";
import type { TextStreamReader } from "livekit-client";
import { useEffect, useState } from "react";

export interface Received {
  id: string;
  from: string;
  text: string;
  at: number;
}

/** An utterance is sent again and again while it is being understood, each time under the same name. */
const SEGMENT = "lk.segment_id";

export function useTextStreams(topic: string): Received[] {
  const room = useRoomContext();
  const [received, setReceived] = useState<Received[]>([]);
  useEffect(() => {
    room.registerTextStreamHandler(topic, (reader, { identity }) => {
      const tell = (text: string) => setReceived((before) => withNew(before, told(reader, identity, text)));
      void read(reader, tell);
    });
    return () => room.unregisterTextStreamHandler(topic);
  }, [room, topic]);
  return received;
}

export function withNew(before: readonly Received[], one: Received): Received[] {
  const place = before.findIndex(({ id }) => id === one.id);
  return place < 0 ? [...before, one] : before.with(place, { ...one, at: before[place]?.at ?? one.at });
}

function told({ info }: TextStreamReader, from: string, text: string): Received {
  return { id: info.attributes?.[SEGMENT] ?? info.id, from, text, at: info.timestamp };
}

async function read(reader: TextStreamReader, tell: (text: string) => void): Promise<void> {
  let text = "";
  try {
    for await (const part of reader) {
      text += part;
      tell(text);
    }
  } catch {
    // Its sender has left in the middle: what came is what was said.
  }
}
