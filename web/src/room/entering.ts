/** The two moments at the room's door: going in, and making no more sound before going out. */
import type { Room } from "livekit-client";
import type { Claim } from "../wire/link";

/** Whether it went in; why not makes no difference to what comes next. */
export async function entered(room: Room, { livekit_url, token }: Claim): Promise<boolean> {
  try {
    await room.connect(livekit_url, token);
    return true;
  } catch {
    return false;
  }
}

export function deafen(room: Room): void {
  for (const one of room.remoteParticipants.values()) one.setVolume(0);
}
