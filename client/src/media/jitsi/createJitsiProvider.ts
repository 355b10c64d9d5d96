import { trackKinds, uuidPattern, type ParticipantId, type TrackKind } from "@darasa/protocol";
import { createListeners } from "../../connection/listeners.ts";
import { noMedia, type LocalTrack, type MediaProvider, type MediaSnapshot } from "../provider.ts";
import type { SignallingPort } from "../signallingPort.ts";
import { noStatistics, type MediaStatistics } from "../statistics.ts";
import type { JitsiFrame, JitsiFrameMaker } from "./externalApi.ts";
import { toolbarRules } from "./toolbarRules.ts";

/** Which room of which Jitsi, and what opens it. */
export interface JitsiCall {
  readonly domain: string;
  readonly room: string;
  readonly token: string;
}

export interface JitsiProviderOptions {
  readonly call: JitsiCall;
  /** Asked at each way in after the first: a token is looked at when somebody comes in. */
  readonly renew: () => Promise<JitsiCall>;
  /** Tells the class which of one's tracks are on. */
  readonly port: Pick<SignallingPort, "setMedia">;
  readonly load: (domain: string) => Promise<JitsiFrameMaker>;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

const off: LocalTrack = { state: "off", stream: null, problem: null };
const starting: LocalTrack = { state: "starting", stream: null, problem: null };
const on: LocalTrack = { state: "on", stream: null, problem: null };

const pageShowsThem = {
  connection: "connected",
  quality: "good",
  microphone: null,
  camera: null,
  screen: null,
} as const;

/** The switches, by Jitsi's names. Each turns over what is. */
const commands = {
  microphone: "toggleAudio",
  camera: "toggleVideo",
  screen: "toggleShareScreen",
} as const satisfies Record<TrackKind, string>;

/** A room that was left without our wish is entered again after so long, with a new token. */
const comeBackMs = 2_000;

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
  readonly #wanted: Record<TrackKind, boolean> = {
    microphone: false,
    camera: false,
    screen: false,
  };
  readonly #others = new Map<string, ParticipantId>();
  #call: JitsiCall;
  #frame: JitsiFrame | null = null;
  #isOver = false;
  #isAway = false;
  #cancelComingBack = (): void => undefined;
  #snapshot: MediaSnapshot = {
    ...noMedia,
    can: {
      microphone: true,
      camera: true,
      screen: canShareScreen(),
    },
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
    const isOn = this.#snapshot.local[kind].state === "on";
    if (this.#frame !== null && this.#snapshot.status === "connected" && isOn !== wanted) {
      this.#setTrack(kind, wanted ? starting : off);
      this.#frame.executeCommand(commands[kind]);
    }
    return Promise.resolve();
  };

  /** Jitsi's page has its own choice of devices. */
  readonly setDevice = (): Promise<void> => Promise.resolve();
  readonly setTeachers = (): void => undefined;
  readonly setWanted = (): void => undefined;

  readonly setMode = (mode: "full" | "lite" | "audio" | "text"): void => {
    const isAway = mode === "text";
    if (isAway && !this.#isAway) {
      this.#close();
      this.#set({ status: "idle" });
    }
    if (mode === "audio") void this.setTrack("camera", false);
    // Few lines, or none at all, of the pictures that come in (`setVideoQuality` takes the height).
    this.#frame?.executeCommand("setVideoQuality", mode === "full" ? 720 : 180);
    const comesBack = this.#isAway && !isAway;
    this.#isAway = isAway;
    if (comesBack) void this.#comeBack();
  };

  async #enter(): Promise<void> {
    this.#close();
    this.#set({ status: "connecting" });
    const call = this.#call;
    try {
      const Frame = await this.#options.load(call.domain);
      if (this.#isOver || this.#frame !== null || call !== this.#call) return;
      this.#frame = new Frame(call.domain, {
        roomName: call.room,
        jwt: call.token,
        parentNode: this.#place,
        width: "100%",
        height: "100%",
        configOverwrite: toolbarRules(this.#wanted),
      });
      this.#listen(this.#frame);
    } catch {
      this.#set({ status: "refused", refusal: "unavailable" });
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
    hear("participantJoined", ({ id, userContext }) => this.#meet(id, userContext?.id));
    hear("participantLeft", ({ id }) => this.#part(id));
    hear("participantKickedOut", ({ kicked }) => {
      if (kicked?.local === true) this.#refuse("removed");
    });
    hear("errorOccurred", ({ error }) => {
      if (error?.isFatal === true) this.#lost();
    });
    hear("videoConferenceLeft", () => this.#lost());
    hear("readyToClose", () => this.#lost());
  }

  async #joined(frame: JitsiFrame): Promise<void> {
    this.#set({ status: "connected", refusal: null });
    const [isAudioMuted, isVideoMuted] = await Promise.all([
      frame.isAudioMuted(),
      frame.isVideoMuted(),
    ]);
    if (frame !== this.#frame) return;
    this.#heardOf("microphone", !isAudioMuted);
    this.#heardOf("camera", !isVideoMuted);
  }

  /** Off without a wish of one's own: the moderator did it. */
  #heardOf(kind: TrackKind, isOn: boolean): void {
    const wasOn = this.#snapshot.local[kind].state === "on";
    const isForced = wasOn && !isOn && this.#wanted[kind] && kind === "microphone";
    this.#wanted[kind] = isOn;
    this.#setTrack(kind, isOn ? on : off);
    if (isForced) this.#forcedOff.tell(kind);
  }

  /** Their page shows them: no stream of theirs is ours. */
  #meet(id: string | undefined, participantId: string | undefined): void {
    if (id === undefined || participantId === undefined || !uuidPattern.test(participantId)) return;
    this.#others.set(id, participantId as ParticipantId);
    this.#tellOthers();
  }

  #part(id: string | undefined): void {
    if (id !== undefined && this.#others.delete(id)) this.#tellOthers();
  }

  #tellOthers(): void {
    const remotes = [...new Set(this.#others.values())].map((participantId) => ({
      participantId,
      ...pageShowsThem,
    }));
    this.#set({ remotes });
  }

  /** The room is gone from under us: the frame goes too, and comes back with a new token. */
  #lost(): void {
    if (this.#isOver || this.#isAway) return;
    this.#close();
    this.#set({ status: "reconnecting" });
    this.#cancelComingBack = this.#options.after(comeBackMs, () => void this.#comeBack());
  }

  async #comeBack(): Promise<void> {
    this.#set({ status: "connecting" });
    try {
      this.#call = await this.#options.renew();
    } catch {
      this.#refuse("unavailable");
      return;
    }
    if (!this.#isOver && !this.#isAway) await this.#enter();
  }

  #refuse(refusal: "removed" | "unavailable"): void {
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
    const isOn = (each: TrackKind) => this.#snapshot.local[each].state === "on";
    const [microphone, camera, screen] = trackKinds.map(isOn);
    if (microphone === undefined || camera === undefined || screen === undefined) return;
    this.#options.port.setMedia({ microphone, camera, screen });
  }

  #set(change: Partial<MediaSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#changes.tell(undefined);
  }
}

/** Phones share no screen, and a page that was not loaded securely has no devices at all. */
function canShareScreen(): boolean {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  return devices !== undefined && "getDisplayMedia" in devices;
}
