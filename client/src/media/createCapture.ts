import { createListeners } from "../connection/listeners.ts";
import { describeMediaError, type MediaProblem } from "./describeMediaError.ts";
import { stopAll } from "./openDevices.ts";
import type { LocalTrack } from "./provider.ts";

/** One device of one's own, from wanting it until its light is out. */
export interface Capture {
  readonly track: () => LocalTrack;
  /** What is open at the device, also while the track is off (see `keepOpen`). */
  readonly input: () => MediaStream | null;
  /** Resolves when the device is as wanted, or has a problem. Calls that overtake one another are safe. */
  readonly set: (on: boolean) => Promise<void>;
  /** Opens the device again with what `open` asks for now, if it is in use. */
  readonly reopen: () => Promise<void>;
  /** Gives the device away, open or opening, and is off; null where it was off. It becomes the caller's own. */
  readonly handOver: () => Promise<MediaStream> | null;
  readonly onChange: (listener: () => void) => () => void;
  /** Stops the device for good. */
  readonly close: () => void;
}

interface CaptureOptions {
  /** @throws what `getUserMedia` throws */
  readonly open: () => Promise<MediaStream>;
  /** Off keeps the device open, so that on is immediate and speech is noticed while muted. */
  readonly keepOpen: boolean;
  /** Whether a device that ends by itself is a problem (unplugged) or a wish (the browser's *Stop sharing*). */
  readonly endIsProblem: boolean;
}

const off: LocalTrack = { state: "off", stream: null, problem: null };

/** A device that is off. Owns what it opens; nothing is opened before the first `set(true)`. */
export function createCapture(options: CaptureOptions): Capture {
  return new DeviceCapture(options);
}

class DeviceCapture implements Capture {
  readonly #options: CaptureOptions;
  readonly #changes = createListeners<undefined>();
  #track = off;
  #input: MediaStream | null = null;
  /** Counts wishes, so that a device that opens after it was switched off again is let go at once. */
  #wish = 0;
  /** What was opened last, or is opening. */
  #opening: Promise<MediaStream> | null = null;
  /** What was given away: not ours to stop, even if it comes later. */
  #given: Promise<MediaStream> | null = null;
  #isClosed = false;

  constructor(options: CaptureOptions) {
    this.#options = options;
  }

  readonly track = (): LocalTrack => this.#track;
  readonly input = (): MediaStream | null => this.#input;
  readonly onChange = this.#changes.listen;

  readonly set = async (on: boolean): Promise<void> => {
    if (this.#isClosed || on === (this.#track.state !== "off")) return;
    if (on) await this.#start();
    else this.#switchOff(null);
  };

  readonly reopen = async (): Promise<void> => {
    const wasOn = this.#track.state !== "off";
    this.#release();
    if (wasOn && !this.#isClosed) await this.#start();
  };

  readonly handOver = (): Promise<MediaStream> | null => {
    if (this.#track.state === "off") return null;
    this.#given = this.#opening;
    this.#input = null;
    this.#switchOff(null);
    return this.#given;
  };

  readonly close = (): void => {
    this.#isClosed = true;
    this.#wish += 1;
    this.#release();
    this.#show(off);
  };

  async #start(): Promise<void> {
    const wish = ++this.#wish;
    if (this.#input !== null) {
      this.#show({ ...off, state: "on", stream: this.#input });
      return;
    }
    this.#show({ ...off, state: "starting" });
    try {
      const opening = this.#options.open();
      this.#opening = opening;
      const stream = await opening;
      if (wish === this.#wish) this.#adopt(stream);
      else if (opening !== this.#given) stopAll(stream);
    } catch (error) {
      if (wish === this.#wish) this.#switchOff(describeMediaError(error));
    }
  }

  #adopt(stream: MediaStream): void {
    this.#input = stream;
    stream.getTracks()[0]?.addEventListener("ended", () => {
      if (this.#input !== stream) return;
      this.#release();
      this.#switchOff(this.#options.endIsProblem ? "ended" : null);
    });
    this.#show({ state: "on", stream, problem: null });
  }

  #switchOff(problem: MediaProblem | null): void {
    this.#wish += 1;
    if (!this.#options.keepOpen) this.#release();
    this.#show({ ...off, problem });
  }

  /** `stop` of a track fires no `ended`: that event means that the device went away. */
  #release(): void {
    const stream = this.#input;
    this.#input = null;
    if (stream !== null) stopAll(stream);
  }

  #show(track: LocalTrack): void {
    this.#track = track;
    this.#changes.tell(undefined);
  }
}
