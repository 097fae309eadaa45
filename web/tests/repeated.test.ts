import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { repeated } from "../src/time/repeated";

describe("looking again and again", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("waits for an answer before it looks again", async () => {
    const answers: (() => void)[] = [];
    const look = vi.fn(() => new Promise<void>((resolve) => answers.push(resolve)));
    const stop = repeated(look, 1000);
    await vi.advanceTimersByTimeAsync(5000);
    expect(look).toHaveBeenCalledTimes(1);

    answers[0]?.();
    await vi.advanceTimersByTimeAsync(1000);

    expect(look).toHaveBeenCalledTimes(2);
    stop();
  });

  it("looks again after a look that failed", async () => {
    const look = vi.fn(() => Promise.reject(new Error("no answer")));
    const stop = repeated(look, 1000);

    await vi.advanceTimersByTimeAsync(2000);

    expect(look.mock.calls.length).toBeGreaterThan(1);
    stop();
  });

  it("stops when nobody wants to know any more", async () => {
    const look = vi.fn(() => Promise.resolve());
    repeated(look, 1000)();

    await vi.advanceTimersByTimeAsync(5000);

    expect(look).toHaveBeenCalledTimes(1);
  });
});
