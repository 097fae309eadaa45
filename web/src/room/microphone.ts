/** The microphone: opened muted or not, published, switched; what comes in is shown even while it is muted. */
import {
  createLocalAudioTrack,
  type LocalAudioTrack,
  MediaDeviceFailure,
  type Room,
  Track,
} from "livekit-client";
import type { Observed, State } from "./state";

const QUALITY = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class Microphone {
  #track: LocalAudioTrack | null = null;

  constructor(
    readonly room: Room,
    readonly state: Observed<State>,
  ) {}

  /** A muted track is one that the caller does not hear from its first moment on. */
  async open(): Promise<void> {
    this.state.change({ microphone: "asking" });
    try {
      this.#track = await createLocalAudioTrack(QUALITY);
      await this.mute(this.state.now.muted);
      this.state.change({ microphone: "ready", input: this.#track.mediaStreamTrack });
    } catch (error) {
      const refused = MediaDeviceFailure.getFailure(error) === MediaDeviceFailure.PermissionDenied;
      this.state.change({ microphone: refused ? "refused" : "missing" });
    }
  }

  async publish(): Promise<void> {
    if (!this.#track || this.room.state !== "connected") return;
    await this.room.localParticipant.publishTrack(this.#track, { source: Track.Source.Microphone });
  }

  async mute(muted: boolean): Promise<void> {
    await (muted ? this.#track?.mute() : this.#track?.unmute());
    this.state.change({ muted });
  }

  async use(device: string): Promise<void> {
    await this.room.switchActiveDevice("audioinput", device);
    this.state.change({ input: this.#track?.mediaStreamTrack ?? null });
  }

  close(): void {
    this.#track?.stop();
    this.#track = null;
    this.state.change({ input: null });
  }
}
