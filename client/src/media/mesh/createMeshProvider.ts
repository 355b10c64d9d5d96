import {
  limits,
  type ConnectionMode,
  type MeshMember,
  type ParticipantId,
  type SessionId,
  type Signal,
  trackKinds,
  type TrackKind,
} from "@darasa/protocol";
import { createListeners } from "../../connection/listeners.ts";
import type { LocalMedia } from "../createLocalMedia.ts";
import type { DeviceKind, MediaProvider, MediaSnapshot, SpeakingLevels } from "../provider.ts";
import { receivedPictures, sendsPictures } from "../receivedPictures.ts";
import { createOwnLevel } from "../ownLevel.ts";
import type { SignallingPort } from "../signallingPort.ts";
import type { MediaStatistics } from "../statistics.ts";
import { createMembership } from "./createMembership.ts";
import { createPair } from "./createPair.ts";
import { createEarlySignals } from "./earlySignals.ts";
import { isOfferer } from "./offerer.ts";
import { createPairSet } from "./pairSet.ts";

export interface MeshProviderOptions {
  readonly port: SignallingPort;
  readonly iceServers: readonly RTCIceServer[];
  /** Becomes the provider's own: it is closed with it. */
  readonly local: LocalMedia;
}

/** People who may be reconnecting themselves get this long before their old picture goes. */
const retiredLifetimeMs = 15_000;
const levelIntervalMs = 200;
const nothing: MediaSnapshot["can"] = { microphone: false, camera: false, screen: false };

/**
 * Everybody connected with everybody (RFC 8825), for small classes: nobody in between, one upload per
 * other person. Signalled through the room; SPEC V.
 */
export function createMeshProvider(options: MeshProviderOptions): MediaProvider {
  return new MeshProvider(options);
}

class MeshProvider implements MediaProvider {
  readonly kind = "mesh";
  readonly #port: SignallingPort;
  readonly #iceServers: readonly RTCIceServer[];
  readonly #local: LocalMedia;
  readonly #pairs = createPairSet();
  readonly #early = createEarlySignals(limits.maxMeshMembers);
  readonly #changes = createListeners<undefined>();
  readonly #ownLevel;
  readonly #membership;
  readonly #stopListening: () => void;
  #snapshot: MediaSnapshot | null = null;
  #cancelRetired: () => void = () => undefined;
  #mode: ConnectionMode = "full";
  #teachers: ReadonlySet<ParticipantId> = new Set();

  constructor({ port, iceServers, local }: MeshProviderOptions) {
    this.#port = port;
    this.#iceServers = iceServers;
    this.#local = local;
    this.#ownLevel = createOwnLevel(local.microphoneInput);
    this.#membership = createMembership({
      port,
      isPossible: "RTCPeerConnection" in window,
      after,
      onMember: this.#meet,
      onOther: (event) => {
        if (event.type === "signal") this.#hear(event.from, event.signal);
        else this.#part(event.sessionId);
      },
      onEntered: this.#entered,
      onNewSession: this.#newSession,
      onRefused: this.#refused,
      onChange: this.#changed,
    });
    const stopLocal = local.onChange(this.#localChanged);
    window.addEventListener("online", this.#networkChanged);
    this.#stopListening = () => {
      stopLocal();
      window.removeEventListener("online", this.#networkChanged);
    };
  }

  readonly onChange = this.#changes.listen;

  readonly snapshot = (): MediaSnapshot => {
    this.#snapshot ??= {
      status: this.#membership.status(),
      refusal: this.#membership.refusal(),
      can: this.#can(),
      local: this.#local.tracks(),
      remotes: this.#pairs.remotes(),
    };
    return this.#snapshot;
  };

  readonly connect = (): Promise<void> => this.#membership.enter();

  readonly disconnect = async (): Promise<void> => {
    this.#stopListening();
    this.#cancelRetired();
    this.#ownLevel.close();
    this.#local.close();
    this.#pairs.clear();
    await this.#membership.leave();
  };

  readonly setTrack = async (kind: TrackKind, on: boolean): Promise<void> => {
    if (on && this.#isOut()) return;
    if (on && kind !== "microphone" && !sendsPictures(this.#mode)) return;
    await this.#local.setTrack(kind, on);
  };

  readonly setDevice = (kind: DeviceKind, deviceId: string | null): Promise<void> =>
    this.#local.setDevice(kind, deviceId);

  readonly setMode = (mode: ConnectionMode): void => {
    const before = this.#mode;
    this.#mode = mode;
    if (mode === "text") void this.#leaveForText();
    else if (before === "text" && this.#membership.status() === "idle") void this.connect();
    if (!sendsPictures(mode))
      for (const kind of ["camera", "screen"] as const) void this.#local.setTrack(kind, false);
    this.#peopleChanged();
  };

  readonly setTeachers = (teachers: ReadonlySet<ParticipantId>): void => {
    this.#teachers = teachers;
    if (this.#mode === "lite") this.#peopleChanged();
  };

  /** What is sent is scaled by the sender, who is not told how large it is shown. */
  readonly setWanted = (): void => undefined;
  /** No server is in between: who is muted is told by the gateway. */
  readonly onForcedOff = (): (() => void) => () => undefined;

  readonly statistics = (): Promise<MediaStatistics> => this.#pairs.statistics();

  readonly onLevels = (listener: (levels: SpeakingLevels) => void): (() => void) => {
    const timer = setInterval(() => listener(this.#levels()), levelIntervalMs);
    return () => clearInterval(timer);
  };

  #can(): MediaSnapshot["can"] {
    if (this.#isOut()) return nothing;
    const { can } = this.#local;
    return sendsPictures(this.#mode) ? can : { ...nothing, microphone: can.microphone };
  }

  #isOut(): boolean {
    return this.#mode === "text" || this.#membership.status() === "refused";
  }

  #receives(participantId: ParticipantId): Readonly<Record<"camera" | "screen", boolean>> {
    const { camera, screen } = receivedPictures(this.#mode, this.#teachers.has(participantId));
    return { camera: camera !== "none", screen: screen !== "none" };
  }

  async #leaveForText(): Promise<void> {
    this.#pairs.clear();
    this.#port.setMedia({ microphone: false, camera: false, screen: false });
    await Promise.all([this.#local.rest(), this.#membership.leave()]);
  }

  #levels(): SpeakingLevels {
    const others = this.#pairs.all().map((pair) => [pair.participantId, pair.level()] as const);
    return new Map([...others, [this.#port.participantId, this.#ownLevel.read()]]);
  }

  readonly #meet = ({ sessionId, participantId }: MeshMember): void => {
    const own = this.#port.sessionId;
    if (own === null || this.#pairs.get(sessionId) !== undefined) return;
    const pair = createPair({
      participantId,
      isOfferer: isOfferer(own, sessionId),
      iceServers: this.#iceServers,
      send: (signal) => this.#port.sendSignal(sessionId, signal),
      outgoing: this.#local.outgoing,
      peopleCount: () => (this.#mode === "lite" ? limits.maxMeshMembers : this.#pairs.size() + 1),
      receives: () => this.#receives(participantId),
      after,
      onChange: this.#changed,
    });
    this.#pairs.add(sessionId, pair);
    for (const signal of this.#early.take(sessionId)) pair.receive(signal);
    this.#peopleChanged();
  };

  #hear(from: SessionId, signal: Signal): void {
    const pair = this.#pairs.get(from);
    if (pair === undefined) this.#early.keep(from, signal);
    else pair.receive(signal);
  }

  #part(sessionId: SessionId): void {
    this.#early.take(sessionId);
    this.#pairs.remove(sessionId);
    this.#peopleChanged();
  }

  /** With other people in the mesh, everybody may send more or less than before. */
  #peopleChanged(): void {
    for (const pair of this.#pairs.all()) pair.refresh();
    this.#changed();
  }

  readonly #entered = (): void => {
    this.#tellMedia();
    this.#cancelRetired();
    this.#cancelRetired = after(retiredLifetimeMs, () => {
      this.#pairs.closeRetired("all");
      this.#changed();
    });
  };

  readonly #newSession = (): void => {
    this.#early.clear();
    this.#pairs.retireAll();
    this.#changed();
  };

  readonly #refused = (): void => {
    this.#pairs.clear();
    for (const kind of trackKinds) void this.#local.setTrack(kind, false);
    this.#changed();
  };

  readonly #localChanged = (): void => {
    for (const pair of this.#pairs.all()) pair.refresh();
    this.#tellMedia();
    this.#changed();
  };

  readonly #networkChanged = (): void => {
    for (const pair of this.#pairs.all()) pair.restart();
  };

  #tellMedia(): void {
    if (this.#membership.status() !== "connected") return;
    const { microphone, camera, screen } = this.#local.tracks();
    this.#port.setMedia({
      microphone: microphone.state === "on",
      camera: camera.state === "on",
      screen: screen.state === "on",
    });
  }

  readonly #changed = (): void => {
    this.#pairs.closeRetired("replaced");
    this.#snapshot = null;
    this.#changes.tell(undefined);
  };
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
