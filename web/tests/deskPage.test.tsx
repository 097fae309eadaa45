import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DeskPage } from "../src/desk/DeskPage";
import type { Desk } from "../src/wire/desk";
import { NOW, Wire } from "./wire";

const LINK = "/j/BBBBBBBBBBBBBBBBBBBBBB";
const DESK: Desk = {
  me: { id: "maria", name: "Maria", state: "available" },
  now: NOW,
  waiting: [
    {
      escalation_id: "esc_1",
      reason: "caller_request",
      team: "billing",
      language: "en",
      waiting_since: "2026-11-24T12:00:00.000Z",
      taken: null,
      eta: null,
    },
    {
      escalation_id: "esc_2",
      reason: "emergency",
      team: null,
      language: null,
      waiting_since: NOW,
      taken: { name: "Jonas", since: NOW },
      eta: null,
    },
  ],
  in_call: [],
  ended_today: [],
  numbers: { answered: 0, unanswered: 0, abandoned: 0, median_answer_s: null, by_hour: [] },
};

let wire: Wire;

async function open(): Promise<void> {
  render(<DeskPage />);
  await act(() => vi.advanceTimersByTimeAsync(0));
}

const press = async (element: HTMLElement) => {
  fireEvent.click(element);
  await act(() => vi.advanceTimersByTimeAsync(0));
};

describe("the desk", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date(NOW) });
    wire = new Wire();
    wire.answers("GET /desk/state", DESK);
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("asks whoever is not signed in for their phone or e-mail, and never says whether it is known", async () => {
    wire.answers("GET /desk/state", { error: "UnauthenticatedError", detail: "" }, 401);
    wire.answers("POST /desk/sign-in", {}, 202);
    await open();

    fireEvent.change(screen.getByLabelText("Phone number or e-mail"), { target: { value: "maria" } });
    await press(screen.getByRole("button", { name: "Send me a link" }));

    expect(wire.posts).toEqual(["POST /desk/sign-in"]);
    expect(screen.getByText(/^If you are known here/)).toBeTruthy();
  });

  it("goes on by itself once the link was opened in another tab", async () => {
    wire.answers("GET /desk/state", { error: "UnauthenticatedError", detail: "" }, 401);
    await open();
    wire.answers("GET /desk/state", DESK);

    await act(() => vi.advanceTimersByTimeAsync(3000));

    expect(screen.getByText("Signed in as Maria")).toBeTruthy();
  });

  it("offers the calls that nobody has taken, and tells their number in the tab", async () => {
    await open();

    expect(screen.getAllByRole("button", { name: "Take the call" })).toHaveLength(1);
    expect(screen.getByText("billing · English · waiting for 40 s")).toBeTruthy();
    expect(screen.getByText("Jonas took this 0 s ago")).toBeTruthy();
    expect(document.title).toBe("(1) Desk");
  });

  it("opens a call that one takes in a tab of its own", async () => {
    const assign = vi.fn();
    vi.spyOn(window, "open").mockReturnValue({ location: { assign } } as unknown as Window);
    wire.answers("POST /desk/escalations/esc_1/link", { url: LINK });
    await open();

    await press(screen.getByRole("button", { name: "Take the call" }));

    expect(assign).toHaveBeenCalledExactlyOnceWith(`${LINK}#take`);
  });

  it("says so, and leaves no empty tab, when somebody else was quicker", async () => {
    const close = vi.fn();
    vi.spyOn(window, "open").mockReturnValue({ close } as unknown as Window);
    wire.answers(
      "POST /desk/escalations/esc_1/link",
      { error: "AlreadyClaimedError", detail: "Jonas took it." },
      409,
    );
    await open();

    await press(screen.getByRole("button", { name: "Take the call" }));

    expect(close).toHaveBeenCalledOnce();
    expect(screen.getByRole("alert").textContent).toBe("Jonas took it.");
  });

  it("changes one's own state and shows what the service made of it", async () => {
    wire.answers("POST /desk/me", { id: "maria", name: "Maria", state: "away" });
    await open();
    wire.answers("GET /desk/state", { ...DESK, me: { ...DESK.me, state: "away" } });

    await press(screen.getByLabelText("Away"));

    expect(wire.posts).toEqual(["POST /desk/me"]);
    expect(screen.getByText("You are told of nobody until you are available again.")).toBeTruthy();
  });
});
