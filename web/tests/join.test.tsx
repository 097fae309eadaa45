import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { JoinPage } from "../src/join/JoinPage";
import { Link } from "../src/wire/link";
import { NOW, PATH, WAITING, Wire } from "./wire";

let wire: Wire;

async function open(look: object = WAITING): Promise<void> {
  wire.answers(`GET ${PATH}`, look);
  render(<JoinPage link={new Link(PATH)} entering={false} />);
  await act(() => vi.advanceTimersByTimeAsync(0));
}

const press = async (name: string) => {
  fireEvent.click(screen.getByRole("button", { name }));
  await act(() => vi.advanceTimersByTimeAsync(0));
};

describe("the page of a link", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date(NOW) });
    wire = new Wire();
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("tells the little that is known, and how long the caller has waited by now", async () => {
    await open();
    expect(screen.getByText("The caller asked for a person")).toBeTruthy();
    expect(screen.getByText("billing")).toBeTruthy();
    expect(screen.getByText("English")).toBeTruthy();

    await act(() => vi.advanceTimersByTimeAsync(2000));

    expect(screen.getByText("42 s")).toBeTruthy();
  });

  it("only ever looks while nobody presses anything", async () => {
    await open();

    await act(() => vi.advanceTimersByTimeAsync(30_000));

    expect(wire.asked.length).toBeGreaterThan(5);
    expect(wire.posts).toEqual([]);
  });

  it("tells who has taken the call, and offers nothing any more", async () => {
    await open({ ...WAITING, state: "taken", taken: { name: "Jonas", since: "2026-11-24T12:00:20.000Z" } });

    expect(screen.getByText("Jonas took this 20 s ago")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("notices by itself that somebody else was quicker", async () => {
    await open();
    wire.answers(`GET ${PATH}`, { ...WAITING, state: "taken", taken: { name: "Jonas", since: NOW } });

    await act(() => vi.advanceTimersByTimeAsync(3000));

    expect(document.body.dataset.stage).toBe("taken");
  });

  it("says what happened when the call is over", async () => {
    const at = "2026-11-24T12:00:00.000Z";
    await open({
      ...WAITING,
      state: "ended",
      ended: { words: "", reason: "caller_left", at, status: "cancelled" },
    });

    expect(screen.getByText(/^The caller left at \d\d:00\.$/)).toBeTruthy();
  });

  it("says that one comes in two minutes, and what the caller hears of it", async () => {
    await open();
    const eta = { name: "Maria", minutes: 2, at: NOW };
    wire.answers(`POST ${PATH}/eta`, { status: "notified", minutes: 2 });
    wire.answers(`GET ${PATH}`, { ...WAITING, eta });

    await press("I can be there in 2 minutes");

    expect(wire.posts).toEqual([`POST ${PATH}/eta`]);
    expect(screen.getByText("Maria, in about 2 min (said 0 s ago)")).toBeTruthy();
  });

  it("stays outside when the press came too late", async () => {
    await open();
    wire.answers(`POST ${PATH}/claim`, { error: "AlreadyClaimedError", detail: "Jonas took it" }, 409);
    wire.answers(`GET ${PATH}`, { ...WAITING, state: "taken", taken: { name: "Jonas", since: NOW } });

    await press("Join the call");
    await vi.waitFor(() => expect(document.body.dataset.stage).toBe("taken"));

    expect(wire.posts).toEqual([`POST ${PATH}/claim`]);
    expect(screen.queryByText("Jonas took it")).toBeNull();
  });

  it("says that a link is not known", async () => {
    await open();
    cleanup();
    wire.answers(`GET ${PATH}`, { error: "UnknownLinkError", detail: "" }, 404);

    render(<JoinPage link={new Link(PATH)} entering={false} />);
    await act(() => vi.advanceTimersByTimeAsync(0));

    expect(screen.getByRole("heading").textContent).toBe("This link is not known");
  });
});
