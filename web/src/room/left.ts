/** How a presence in the room may end, and when a lost connection is such an end. */
import { DisconnectReason } from "livekit-client";
import type { Disposition, Look } from "../wire/link";

export type How = "done" | "handed-back" | "elsewhere" | "meet" | "released" | "taken" | "ended" | "left";

export interface Left {
  how: How;
  disposition?: Disposition;
}

const ENDS: Partial<Record<DisconnectReason, How>> = {
  [DisconnectReason.PARTICIPANT_REMOVED]: "elsewhere",
  [DisconnectReason.DUPLICATE_IDENTITY]: "elsewhere",
  [DisconnectReason.ROOM_DELETED]: "ended",
  [DisconnectReason.ROOM_CLOSED]: "ended",
};
const OTHERS: Partial<Record<Look["state"], How>> = {
  ended: "ended",
  taken: "taken",
  waiting: "released",
};

/** Nothing when the call is still theirs and only the connection was lost: then they come back. */
export function fate(reason: DisconnectReason | undefined, look: Look): Left | null {
  const how = OTHERS[look.state] ?? ENDS[reason ?? DisconnectReason.UNKNOWN_REASON];
  return how ? { how } : null;
}
