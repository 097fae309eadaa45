import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Activity } from "../src/desk/activity";
import { everyHour, HEIGHT, stacked } from "../src/desk/plotting";
import { type Seen, seenAfter } from "../src/desk/useDesk";
import type { Desk, Hour } from "../src/wire/desk";
import { ProblemError } from "../src/wire/request";

const hour = (at: number, answered: number, unanswered = 0): Hour => ({
  hour: at,
  answered,
  unanswered,
  abandoned: 0,
  median_answer_s: null,
});

describe("a plot of the hours", () => {
  it("has the hours in which nothing happened", () => {
    expect(everyHour([hour(8, 1), hour(11, 2)]).map((each) => [each.hour, each.answered])).toEqual([
      [8, 1],
      [9, 0],
      [10, 0],
      [11, 2],
    ]);
  });

  it("stacks its series up to the highest hour's full height", () => {
    const [below, above] = stacked([hour(8, 3, 1), hour(9, 1)], ["answered", "unanswered"]);

    expect(below).toMatchObject({ y: HEIGHT / 4, height: (HEIGHT * 3) / 4 });
    expect(above).toMatchObject({ y: 0, height: HEIGHT / 4 });
  });

  it("is flat on a day without a call", () => {
    expect(stacked([hour(8, 0)], ["answered"])).toMatchObject([{ y: HEIGHT, height: 0 }]);
  });
});

describe("what a look at the desk comes to", () => {
  const before: Seen = { desk: {} as Desk, signedIn: true, problem: null };

  it("keeps nothing of the queue for whoever is signed out", () => {
    const refused = new ProblemError(401, "UnauthenticatedError", "");

    expect(seenAfter(before, refused)).toEqual({ desk: null, signedIn: false, problem: null });
  });

  it("keeps the queue and says so while the service does not answer", () => {
    const silent = new ProblemError(0, "UnreachableError", "");

    expect(seenAfter(before, silent)).toEqual({ ...before, problem: silent });
  });
});

describe("who is at the desk", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is told to the service once a press", () => {
    const activity = new Activity();
    const stop = activity.watch();
    expect(activity.sinceLastAsked()).toBe(true);
    expect(activity.sinceLastAsked()).toBe(false);

    document.dispatchEvent(new Event("keydown"));

    expect(activity.sinceLastAsked()).toBe(true);
    stop();
  });

  it("is warned before the service signs them out", () => {
    const activity = new Activity();
    activity.sinceLastAsked();
    expect(activity.endsSoon).toBe(false);

    vi.advanceTimersByTime(29 * 60_000);

    expect(activity.endsSoon).toBe(true);
  });
});
