import { describe, expect, it } from "vitest";
import { merged } from "../src/room/transcript";
import { withNew } from "../src/room/useTextStreams";

const TURNS = [
  { turn: 1, role: "agent", text: "Hello, how can I help?" },
  { turn: 2, role: "caller", text: "My invoice is wrong." },
] as const;

describe("the transcript", () => {
  it("tells what is being said after what the AI has written down", () => {
    const entries = merged(TURNS, [{ id: "live-a", role: "caller", text: "Are you there?" }]);

    expect(entries.map(({ turn, text }) => [turn, text])).toEqual([
      [1, "Hello, how can I help?"],
      [2, "My invoice is wrong."],
      [null, "Are you there?"],
    ]);
  });

  it("tells nothing twice, however it is punctuated", () => {
    expect(merged(TURNS, [{ id: "live-a", role: "caller", text: "my invoice is wrong" }])).toHaveLength(2);
  });

  it("tells nothing that has no words yet", () => {
    expect(merged([], [{ id: "live-a", role: "agent", text: " \u200b…" }])).toEqual([]);
  });

  it("keeps the same words of another speaker", () => {
    expect(merged(TURNS, [{ id: "live-a", role: "agent", text: "My invoice is wrong." }])).toHaveLength(3);
  });
});

describe("a text that comes in parts", () => {
  const said = { id: "segment-1", from: "caller-1", text: "I want", at: 1 };

  it("takes the place of its earlier self", () => {
    const received = withNew([said], { ...said, text: "I want a person", at: 2 });

    expect(received).toEqual([{ ...said, text: "I want a person", at: 1 }]);
  });
});
