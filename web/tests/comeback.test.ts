import { DisconnectReason } from "livekit-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { comeBack } from "../src/room/comeback";
import { fate } from "../src/room/left";
import type { Claim, Link, Look } from "../src/wire/link";
import { ProblemError } from "../src/wire/request";

const look = (state: Look["state"]) => ({ state }) as Look;

describe("what a lost connection comes to", () => {
  it.each([
    [DisconnectReason.SIGNAL_CLOSE, "yours", null],
    [DisconnectReason.CONNECTION_TIMEOUT, "yours", null],
    [undefined, "yours", null],
    [DisconnectReason.PARTICIPANT_REMOVED, "yours", { how: "elsewhere" }],
    [DisconnectReason.ROOM_DELETED, "yours", { how: "ended" }],
    [DisconnectReason.SIGNAL_CLOSE, "waiting", { how: "released" }],
    [DisconnectReason.SIGNAL_CLOSE, "taken", { how: "taken" }],
    [DisconnectReason.PARTICIPANT_REMOVED, "ended", { how: "ended" }],
  ] as const)("%s while the call is %s", (reason, state, left) => {
    expect(fate(reason, look(state))).toEqual(left);
  });
});

describe("coming back", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const claim = { identity: "human-agent-maria-2" } as Claim;

  it("asks until somebody answers, and claims the call again", async () => {
    const answers = [
      new ProblemError(0, "UnreachableError", ""),
      new ProblemError(503, "UnavailableError", ""),
    ];
    const link = {
      look: () => (answers.length ? Promise.reject(answers.shift()) : Promise.resolve(look("yours"))),
      claim: () => Promise.resolve(claim),
    } as Link;

    const next = comeBack(link, DisconnectReason.SIGNAL_CLOSE, 0);
    await vi.advanceTimersByTimeAsync(3000);

    expect(await next).toEqual({ claim });
  });

  it("does not wait any longer once the network is back", async () => {
    const look1 = vi.fn(() => Promise.resolve(look("ended")));
    const next = comeBack({ look: look1 } as unknown as Link, undefined, 4);
    expect(look1).not.toHaveBeenCalled();

    window.dispatchEvent(new Event("online"));

    expect(await next).toEqual({ left: { how: "ended" } });
  });

  it("ends when the link is not known any more", async () => {
    const gone = {
      look: () => Promise.reject(new ProblemError(404, "UnknownLinkError", "")),
    } as unknown as Link;

    const next = comeBack(gone, undefined, 0);
    await vi.advanceTimersByTimeAsync(0);

    expect(await next).toEqual({ left: { how: "ended" } });
  });
});
