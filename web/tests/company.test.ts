import { describe, expect, it } from "vitest";
import { company } from "../src/caller/useCompany";

const one = (identity: string, more = {}) => ({
  identity,
  name: "",
  isAgent: false,
  isMicrophoneEnabled: false,
  ...more,
});
const AGENT = one("agent-1", { isAgent: true, isMicrophoneEnabled: true });

describe("whom a caller talks with", () => {
  it("is the AI while nobody else is there", () => {
    expect(company([AGENT])).toBe("You are talking with the AI");
  });

  it("is the person from the moment that they can be heard, even beside the AI", () => {
    const maria = one("human-agent-maria-1", { name: "Maria", isMicrophoneEnabled: true });

    expect(company([AGENT, maria])).toBe("You are now talking with Maria");
  });

  it("is not yet the person who is muted", () => {
    expect(company([AGENT, one("human-agent-maria-1", { name: "Maria" })])).toBe(
      "Maria is here and cannot be heard yet",
    );
  });

  it("is not an avatar that was left behind", () => {
    expect(company([one("avatar-agent-1", { isAgent: true })])).toBe("Nobody else is here yet");
  });

  it("is nobody in an empty room", () => {
    expect(company([])).toBe("Nobody else is here yet");
  });
});
