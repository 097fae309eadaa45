/** One person's presence in the room: in at once but muted, heard on a press, back by itself after a lost connection. */
import { type DisconnectReason, Room, RoomEvent } from "livekit-client";
import { remember } from "../join/memory";
import { mark } from "../page/stage";
import type { Claim, Disposition, Link } from "../wire/link";
import { comeBack } from "./comeback";
import { deafen, entered } from "./entering";
import type { Left } from "./left";
import { markHeard } from "./markHeard";
import { Microphone } from "./microphone";
import { mayOnlyListen } from "./seat";
import { beginning, Observed, type State } from "./state";
import { Tabs } from "./tabs";

export type { Left } from "./left";

// Two arrivals may be told in any order: leave only when the other one is certainly known.
const STEP_ASIDE_MS = 3000;
const HAND_BACK_MS = 20_000;

interface Props {
  link: Link;
  talking: boolean;
  onLeft: (left: Left) => void;
}

export class Call {
  // Closing the page is a lost connection, not a word of farewell: a reload comes back.
  readonly room = new Room({ disconnectOnPageLeave: false });
  readonly state: Observed<State>;
  readonly microphone: Microphone;
  readonly link: Link;
  claim: Claim | null = null;
  #left: Left | null = null;
  #elsewhere = "";
  #failures = 0;
  readonly #tabs: Tabs;
  readonly #onLeft: (left: Left) => void;

  constructor({ link, talking, onLeft }: Props) {
    this.link = link;
    this.#onLeft = onLeft;
    this.state = new Observed<State>(beginning(talking));
    this.microphone = new Microphone(this.room, this.state);
    this.#tabs = new Tabs(link.path, () => void this.#stepAside({ how: "elsewhere" }));
    this.#listen();
  }

  async enter(claim: Claim): Promise<void> {
    this.claim = claim;
    remember(this.link.path, this.state.now.presence);
    const opening = mayOnlyListen(claim) ? undefined : this.microphone.open();
    if (!(await entered(this.room, claim))) {
      this.#failures += 1;
      return this.#comeBack(undefined);
    }
    this.#failures = 0;
    mark("connected");
    this.#tabs.entered();
    this.state.change({ stage: this.state.now.presence });
    await opening;
    await this.microphone.publish();
  }

  async retryMicrophone(): Promise<void> {
    await this.microphone.open();
    await this.microphone.publish();
  }

  async talk(): Promise<void> {
    await this.microphone.mute(false);
    remember(this.link.path, "talking");
    this.state.change({ stage: "talking", presence: "talking" });
    mark("talking");
  }

  async handBack(note: string): Promise<void> {
    await this.link.handBack(note);
    this.#left = { how: "handed-back" };
    this.state.change({ handingBack: true });
    // It is taken out of the room as soon as the AI is there; that word may be lost.
    setTimeout(() => void this.room.disconnect(), HAND_BACK_MS);
  }

  async complete(disposition: Disposition, notes: string): Promise<void> {
    await this.link.complete(disposition, notes);
    await this.leave({ how: "done", disposition });
  }

  async leave(left: Left): Promise<void> {
    this.#left = left;
    await this.room.disconnect();
    this.#end(left);
  }

  /** The way into the same room from elsewhere; this page steps aside once somebody has taken it. */
  async meetUrl(): Promise<string> {
    const claim = await this.link.claim();
    this.#elsewhere = claim.identity;
    return claim.meet_url;
  }

  #listen(): void {
    this.room
      .on(RoomEvent.SignalReconnecting, this.#lost)
      .on(RoomEvent.Reconnecting, this.#lost)
      .on(RoomEvent.Reconnected, () => this.state.change({ stage: this.state.now.presence }))
      .on(RoomEvent.TrackSubscribed, markHeard)
      .on(RoomEvent.ParticipantConnected, ({ identity }) => this.#joinedElsewhere(identity))
      .on(RoomEvent.Disconnected, (reason) => void this.#disconnected(reason));
  }

  #lost = (): void => this.state.change({ stage: "lost" });

  #joinedElsewhere(identity: string): void {
    if (identity === this.#elsewhere) void this.#stepAside({ how: "meet" });
  }

  async #stepAside(left: Left): Promise<void> {
    if (this.#left) return;
    this.#left = left;
    await this.microphone.mute(true);
    deafen(this.room);
    setTimeout(() => void this.room.disconnect(), STEP_ASIDE_MS);
  }

  async #disconnected(reason: DisconnectReason | undefined): Promise<void> {
    if (this.#left) return this.#end(this.#left);
    // A first connection that fails is told by `connect` itself.
    if (this.state.now.stage !== "joining") await this.#comeBack(reason);
  }

  async #comeBack(reason: DisconnectReason | undefined): Promise<void> {
    this.#lost();
    this.microphone.close();
    const next = await comeBack(this.link, reason, this.#failures);
    if ("left" in next) return this.#end(next.left);
    this.state.change({ stage: "joining" });
    await this.enter(next.claim);
  }

  #end(left: Left): void {
    this.#left = left;
    this.microphone.close();
    this.#tabs.close();
    this.#onLeft(left);
  }
}
