/** The visit of a link: outside until a press has won the call, then in the room, then gone or outside again. */
import { useCallback, useEffect, useRef, useState } from "react";
import { mark } from "../page/stage";
import type { Call, Left } from "../room/call";
import type { Link } from "../wire/link";
import { wordsOf } from "../wire/request";
import { forget, remembered } from "./memory";

type Room = typeof import("../room");

type Outside = { at: "outside"; failure: string; notice: Left | null };
export type Visit =
  | Outside
  | { at: "entering" }
  | { at: "inside"; call: Call; Room: Room["CallRoom"] }
  | { at: "gone"; left: Left };

// Otherwise the link itself says what became of the call.
const GONE = new Set<Left["how"]>(["done", "handed-back", "elsewhere", "meet"]);
const OUTSIDE: Outside = { at: "outside", failure: "", notice: null };

export function useVisit(link: Link, entering: boolean) {
  const [visit, setVisit] = useState<Visit>(entering ? { at: "entering" } : OUTSIDE);
  const enter = useCallback(async () => {
    setVisit({ at: "entering" });
    setVisit(await entered(link, (left) => setVisit(after(link, left))));
  }, [link]);
  const began = useRef(false);
  useEffect(() => {
    // Effects run twice while editing; a call is taken once.
    if (entering && !began.current) void enter();
    began.current = true;
  }, [entering, enter]);
  const leave = useCallback((left: Left) => setVisit({ at: "gone", left }), []);
  return { visit, enter, leave };
}

async function entered(link: Link, onLeft: (left: Left) => void): Promise<Visit> {
  mark("pressed");
  try {
    // The room's code comes while the claim is decided; nothing of it was fetched before the press.
    const [claim, room] = await Promise.all([link.claim(), import("../room")]);
    mark("claimed");
    const call = new room.Call({ link, talking: remembered(link.path) === "talking", onLeft });
    void call.enter(claim);
    return { at: "inside", call, Room: room.CallRoom };
  } catch (error) {
    forget(link.path);
    return { ...OUTSIDE, failure: wordsOf(error) };
  }
}

function after(link: Link, left: Left): Visit {
  forget(link.path);
  return GONE.has(left.how) ? { at: "gone", left } : { ...OUTSIDE, notice: left };
}
