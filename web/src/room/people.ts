/** Who is in the room beside this person: the caller, and the AI. */
import { useRemoteParticipants } from "@livekit/components-react";
import type { RemoteParticipant } from "livekit-client";

const HUMAN = "human-agent-";
const AGENT = "agent-";

export function isHuman(identity: string): boolean {
  return identity.startsWith(HUMAN);
}

/** Also of one that has left. */
export function isAgent(identity: string): boolean {
  return identity.startsWith(AGENT);
}

/** Not its avatar, which cannot be asked anything. */
export function isAi({ isAgent: agent, identity }: { isAgent: boolean; identity: string }): boolean {
  return agent && isAgent(identity);
}

export interface People {
  /** All but the AI. */
  others: number;
  agent: RemoteParticipant | undefined;
}

export function usePeople(): People {
  const everybody = useRemoteParticipants();
  return {
    agent: everybody.find(isAi),
    others: everybody.filter((one) => !one.isAgent).length,
  };
}
