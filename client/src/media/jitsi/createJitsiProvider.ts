import {
  DarasaError,
  errorTable,
  type ConnectionMode,
  type ErrorCode,
  type TrackKind,
} from "@darasa/protocol";
import { backoffDelayMs } from "../../connection/backoff.ts";
import { createListeners } from "../../connection/listeners.ts";
import { canShareScreen } from "../canShareScreen.ts";
import { noMedia, type LocalTrack, type MediaProvider, type MediaSnapshot } from "../provider.ts";
import type { SignallingPort } from "../signallingPort.ts";
import { noStatistics, type MediaStatistics } from "../statistics.ts";
import { createOthers } from "./createOthers.ts";
import type { JitsiFrame, JitsiFrameMaker } from "./externalApi.ts";
import { pictureCommands } from "./pictureCommands.ts";
import { toolbarRules } from "./toolbarRules.ts";

/** Which room of which Jitsi, and what opens it. */
export interface JitsiCall {
  readonly domain: string;
  readonly room: string;
  readonly token: string;
}

export interface JitsiProviderOptions {
  readonly call: JitsiCall;
  /**
   * Asked at each way in after the first: a token is looked at when somebody comes in.
   *
   * @throws DarasaError with the API's code; one that is not retryable ends the trying
   */
  readonly renew: () => Promise<JitsiCall>;
  /** Tells the class which of one's tracks are on. */
  readonly port: Pick<SignallingPort, "setMedia">;
  readonly load: (domain: string) => Promise<JitsiFrameMaker>;
  /** The language of our page, which Jitsi's takes over where it has it. */
  readonly language: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

const off: LocalTrack = { state: "off", stream: null, problem: null };
const starting: LocalTrack = { state: "starting", stream: null, problem: null };
const on: LocalTrack = { state: "on", stream: null, problem: null };

const noTracks = { microphone: false, camera: false, screen: false };

/** The switches, by Jitsi's names. Each turns over what is. */
const commands = {
  microphone: "toggleAudio",
  camera: "toggleVideo",
  screen: "toggleShareScreen",
} as const satisfies Record<TrackKind, string>;

/**
 * A class through Jitsi: its page draws everybody itself, in the one element that `stage` is given, and opens the
 * devices. No picture or voice passes our hands, so that there are no remotes, no levels and no figures here. What it
 * tells is for the eye alone; who was there says the server.
 */
export function createJitsiProvider(options: JitsiProviderOptions): MediaProvider {
  return new JitsiProvider(options);
}

class JitsiProvider implements MediaProvider {
  readonly kind = "jitsi";
  readonly #options: JitsiProviderOptions;
  readonly #changes = createListeners<undefined>();
  readonly #forcedOff = createListeners<TrackKind>();
  readonly #place = document.createElement("div");
  readonly #wanted: Record<TrackKind, boolean> = { ...noTracks };
  readonly #others = createOthers();
  #call: JitsiCall;
  #frame: JitsiFrame | null = null;
  /** What the frame was asked to begin with. */
  #begunWith: Readonly<Record<"microphone" | "camera", boolean>> = noTracks;
  #mode: ConnectionMode = "full";
  #isOver = false;
  /** Ways in since one was in the room. */
  #attempt = 0;
  #cancelComingBack = (): void => undefined;
  #snapshot: MediaSnapshot = {
    ...noMedia,
    can: { microphone: true, camera: true, screen: canShareScreen(navigator.mediaDevices) },
  };

  constructor(options: JitsiProviderOptions) {
    this.#options = options;
    this.#call = options.call;
    this.#place.style.blockSize = "100%";
  }

  readonly onChange = this.#changes.listen;
  readonly onForcedOff = this.#forcedOff.listen;
  readonly onLevels = () => (): void => undefined;
  readonly snapshot = (): MediaSnapshot => this.#snapshot;
  readonly statistics = (): Promise<MediaStatistics> => Promise.resolve(noStatistics);

  /** The page is moved into that element; a frame that is moved begins anew, so give it one that stays. */
  readonly stage = {
    mount: (element: HTMLElement): void => {
      if (this.#place.parentElement === element) return;
      element.append(this.#place);
      if (!this.#isOver) void this.#enter();
    },
  };

  readonly connect = (): Promise<void> => {
    this.#set({ status: "connecting" });
    return this.#place.isConnected ? this.#enter() : Promise.resolve();
  };

  readonly disconnect = (): Promise<void> => {
    this.#isOver = true;
    this.#close();
    this.#place.remove();
    return Promise.resolve();
  };

  readonly setTrack = (kind: TrackKind, wanted: boolean): Promise<void> => {
    this.#wanted[kind] = wanted;
    const { status, local } = this.#snapshot;
    if (status === "connected") {
      if ((local[kind].state === "on") !== wanted) this.#turnOver(kind);
    } else if (kind === "screen") {
      // A screen is chosen at the press of the button or not at all.
      this.#wanted.screen = false;
    } else if (status !== "refused" && !this.#isAway()) {
      this.#setTrack(kind, wanted ? starting : off);
    }
    return Promise.resolve();
  };

  /** Jitsi's page has its own choice of devices. */
  readonly setDevice = (): Promise<void> => Promise.resolve();
  readonly setTeachers = (): void => undefined;
  readonly setWanted = (): void => undefined;

  readonly setMode = (mode: ConnectionMode): void => {
    const wasAway = this.#isAway();
    this.#mode = mode;
    if (mode === "audio") void this.setTrack("camera", false);
    this.#limitPictures();
    if (this.#isAway() && !wasAway) {
      this.#close();
      this.#set({ status: "idle" });
    } else if (wasAway && !this.#isAway()) {
      this.#set({ status: "connecting" });
      void this.#comeBack();
    }
  };

  #isAway(): boolean {
    return this.#mode === "text";
  }

  #limitPictures(): void {
    for (const [command, value] of pictureCommands(this.#mode))
      this.#frame?.executeCommand(command, value);
  }

  async #enter(): Promise<void> {
    this.#close();
    if (this.#snapshot.status !== "reconnecting") this.#set({ status: "connecting" });
    this.#showStarting();
    const call = this.#call;
    try {
      const Frame = await this.#options.load(call.domain);
      if (this.#isOver || this.#isAway() || this.#frame !== null || call !== this.#call) return;
      this.#begunWith = { ...this.#wanted };
      this.#frame = new Frame(call.domain, {
        roomName: call.room,
        jwt: call.token,
        lang: this.#options.language(),
        parentNode: this.#place,
        width: "100%",
        height: "100%",
        configOverwrite: toolbarRules(this.#wanted),
      });
      this.#listen(this.#frame);
    } catch {
      this.#lost();
    }
  }

  #listen(frame: JitsiFrame): void {
    const hear: JitsiFrame["addListener"] = (event, listener) =>
      frame.addListener(event, (detail) => {
        if (frame === this.#frame) listener(detail);
      });
    hear("videoConferenceJoined", () => void this.#joined(frame));
    hear("audioMuteStatusChanged", ({ muted }) => this.#heardOf("microphone", muted === false));
    hear("videoMuteStatusChanged", ({ muted }) => this.#heardOf("camera", muted === false));
    hear("screenSharingStatusChanged", ({ on: isOn }) => this.#heardOf("screen", isOn === true));
    hear("participantJoined", (detail) => this.#set({ remotes: this.#others.meet(detail) }));
    hear("participantLeft", (detail) => this.#set({ remotes: this.#others.part(detail) }));
    hear("participantKickedOut", ({ kicked }) => {
      if (kicked?.local === true) this.#refuse("removed");
    });
    hear("errorOccurred", ({ error }) => {
      // A token that ended while the line was away is fatal to the page, though it says otherwise.
      const isEnd = error?.isFatal === true || error?.type === "CONNECTION";
      if (isEnd || this.#snapshot.status !== "connected") this.#lost();
    });
    hear("videoConferenceLeft", () => this.#lost());
    hear("readyToClose", () => this.#lost());
  }

  async #joined(frame: JitsiFrame): Promise<void> {
    const [isAudioMuted, isVideoMuted] = await Promise.all([
      frame.isAudioMuted(),
      frame.isVideoMuted(),
    ]);
    if (frame !== this.#frame) return;
    this.#attempt = 0;
    if (this.#mode !== "full") this.#limitPictures();
    this.#set({ status: "connected", refusal: null });
    this.#settle("microphone", !isAudioMuted);
    this.#settle("camera", !isVideoMuted);
  }

  /** A switch that was pressed on the way in holds; of one that was not, the page knows best. */
  #settle(kind: "microphone" | "camera", isOn: boolean): void {
    const wanted = this.#wanted[kind];
    const isLate = wanted !== this.#begunWith[kind] && wanted !== isOn;
    this.#heardOf(kind, isOn);
    if (isLate) void this.setTrack(kind, wanted);
  }

  /** Of a screen nothing is said until it is there: its choice may be closed again, of which no word comes. */
  #turnOver(kind: TrackKind): void {
    if (kind !== "screen") this.#setTrack(kind, this.#wanted[kind] ? starting : off);
    this.#frame?.executeCommand(commands[kind]);
  }

  #showStarting(): void {
    for (const kind of ["microphone", "camera"] as const)
      if (this.#wanted[kind]) this.#setTrack(kind, starting);
  }

  /**
   * Off without a wish of one's own: the moderator did it. What the page says while it comes in is of its own
   * beginnings and of nothing that is sent.
   */
  #heardOf(kind: TrackKind, isOn: boolean): void {
    if (this.#snapshot.status !== "connected") return;
    const wasOn = this.#snapshot.local[kind].state === "on";
    const isForced = wasOn && !isOn && this.#wanted[kind] && kind === "microphone";
    this.#wanted[kind] = isOn;
    this.#setTrack(kind, isOn ? on : off);
    if (isForced) this.#forcedOff.tell(kind);
  }

  /** The room is gone from under us: the frame goes too, and comes back with a new token. */
  #lost(): void {
    if (this.#isOver || this.#isAway()) return;
    this.#close();
    this.#set({ status: "reconnecting" });
    this.#attempt += 1;
    const delayMs = backoffDelayMs(this.#attempt, this.#options.random());
    this.#cancelComingBack = this.#options.after(delayMs, () => void this.#comeBack());
  }

  async #comeBack(): Promise<void> {
    try {
      this.#call = await this.#options.renew();
    } catch (error) {
      const code = error instanceof DarasaError ? error.code : "unavailable";
      if (errorTable[code].retryable) this.#lost();
      else if (!this.#isOver && !this.#isAway()) this.#refuse(code);
      return;
    }
    if (!this.#isOver && !this.#isAway()) await this.#enter();
  }

  #refuse(refusal: ErrorCode): void {
    this.#close();
    this.#set({ status: "refused", refusal });
  }

  #close(): void {
    this.#cancelComingBack();
    const frame = this.#frame;
    this.#frame = null;
    frame?.executeCommand("hangup");
    frame?.dispose();
    this.#place.replaceChildren();
    this.#others.clear();
    this.#set({ local: { microphone: off, camera: off, screen: off }, remotes: [] });
  }

  #setTrack(kind: TrackKind, track: LocalTrack): void {
    this.#set({ local: { ...this.#snapshot.local, [kind]: track } });
    const { microphone, camera, screen } = this.#snapshot.local;
    this.#options.port.setMedia({
      microphone: microphone.state === "on",
      camera: camera.state === "on",
      screen: screen.state === "on",
    });
  }

  #set(change: Partial<MediaSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#changes.tell(undefined);
  }
}
