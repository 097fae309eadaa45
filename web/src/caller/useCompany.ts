/** Whom the caller talks with, in one sentence: a person as soon as that person can be heard. */
import { useConnectionState, useRemoteParticipants } from "@livekit/components-react";
import { ConnectionState, type RemoteParticipant } from "livekit-client";
import { isAi, isHuman } from "../room/people";
import { texts } from "../texts";

export function useCompany(): string {
  const state = useConnectionState();
  const everybody = useRemoteParticipants();
  if (state !== ConnectionState.Connected) return texts.caller.calling;
  return company(everybody);
}

type One = Pick<RemoteParticipant, "identity" | "name" | "isAgent" | "isMicrophoneEnabled">;

export function company(everybody: readonly One[]): string {
  const human = everybody.find((one) => isHuman(one.identity));
  if (human?.isMicrophoneEnabled) return texts.caller.withHuman(human.name || human.identity);
  if (human) return texts.caller.humanComes(human.name || human.identity);
  return everybody.some(isAi) ? texts.caller.withAgent : texts.caller.alone;
}
