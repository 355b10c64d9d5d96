import { trackKinds, type ConnectionMode, type TrackKind } from "@darasa/protocol";
import {
  ConnectionState,
  type LocalTrackPublication,
  type Room,
  RoomEvent,
  Track,
  type TrackPublication,
} from "livekit-client";
import { backoffDelayMs } from "../../connection/backoff.ts";
import type { LocalMedia, OutgoingTracks } from "../createLocalMedia.ts";
import { LayeredTrack } from "./layeredTrack.ts";
import { permittedTracks } from "./permittedTracks.ts";

/** Keeps what is published in a room the same as what is switched on here. */
export interface Publisher {
  /** What the server lets one send now. */
  readonly may: () => Readonly<Record<TrackKind, boolean>>;
  /** Publishes, mutes and unpublishes until both sides agree, again where the server was slow. Never rejects. */
  readonly sync: () => Promise<void>;
  /** In *lite* pictures are sent in their smallest layer alone, whoever looks at them. */
  readonly setMode: (mode: ConnectionMode) => void;
  readonly close: () => void;
}

interface PublisherOptions {
  readonly room: Room;
  readonly local: LocalMedia;
  /** The server muted that track, or takes it no more. It is still switched on here. */
  readonly onTakenOff: (kind: TrackKind) => void;
  /** In [0, 1). */
  readonly random: () => number;
  /** Calls `run` once after `delayMs`; the returned function cancels that. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

const sources: Readonly<Record<keyof OutgoingTracks, Track.Source>> = {
  microphone: Track.Source.Microphone,
  camera: Track.Source.Camera,
  screen: Track.Source.ScreenShare,
  screenSound: Track.Source.ScreenShareAudio,
};
const outgoingNames = ["microphone", "camera", "screen", "screenSound"] as const;

/** A copy and what it was made of. */
interface TrackCopy {
  readonly of: MediaStreamTrack;
  readonly copy: MediaStreamTrack;
}

/** Publishes nothing before the first `sync` of a connected room. Owns the copy of the microphone that it sends. */
export function createPublisher(options: PublisherOptions): Publisher {
  return new RoomPublisher(options);
}

class RoomPublisher implements Publisher {
  readonly #options: PublisherOptions;
  #isMuting = false;
  #isClosed = false;
  #mode: ConnectionMode = "full";
  /** Steps must not interleave: each waits for the one before. */
  #work: Promise<void> = Promise.resolve();
  /**
   * What is sent in place of a track. Always of the microphone: to switch the copy off leaves the open device as it is,
   * which one's own level is read from. Of others where the server did not answer: it may have heard of the track all
   * the same, and answers nothing more about one of that id.
   */
  readonly #copies = new Map<keyof OutgoingTracks, TrackCopy>();
  /** How often in a row something could not be done. */
  #failures = 0;
  #cancelRetry: () => void = () => undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
    options.room
      .on(RoomEvent.TrackMuted, this.#muted)
      .on(RoomEvent.LocalTrackPublished, this.#published)
      .on(RoomEvent.ParticipantPermissionsChanged, this.#permissionsChanged);
  }

  readonly may = (): Readonly<Record<TrackKind, boolean>> =>
    permittedTracks(this.#options.room.localParticipant.permissions);

  readonly sync = (): Promise<void> => {
    // A second device may not open while the first is held: some browsers have one at a time.
    for (const { of, copy } of this.#copies.values()) if (of.readyState === "ended") copy.stop();
    this.#work = this.#work.then(async () => {
      const done = await this.#syncAll();
      this.#failures = done ? 0 : this.#failures + 1;
      this.#cancelRetry();
      if (!done) this.#retryLater();
    });
    return this.#work;
  };

  readonly setMode = (mode: ConnectionMode): void => {
    if (mode === this.#mode) return;
    this.#mode = mode;
    const { localParticipant } = this.#options.room;
    for (const { track } of localParticipant.trackPublications.values()) this.#setLayers(track);
  };

  readonly close = (): void => {
    this.#options.room
      .off(RoomEvent.TrackMuted, this.#muted)
      .off(RoomEvent.LocalTrackPublished, this.#published)
      .off(RoomEvent.ParticipantPermissionsChanged, this.#permissionsChanged);
    this.#isClosed = true;
    this.#cancelRetry();
    for (const name of this.#copies.keys()) this.#dropCopy(name);
  };

  /** Whether all of it could be done. */
  async #syncAll(): Promise<boolean> {
    let done = true;
    for (const name of outgoingNames) {
      try {
        await this.#syncOne(name);
      } catch {
        // The connection went away half-way, or the server said no, or nothing for ten seconds.
        done = false;
      }
    }
    return done;
  }

  /** Whoever sees themselves believes that others see them: a server that was only slow is asked again. */
  #retryLater(): void {
    const { after, random } = this.#options;
    if (this.#isClosed) return;
    this.#cancelRetry = after(backoffDelayMs(this.#failures, random()), () => void this.sync());
  }

  async #syncOne(name: keyof OutgoingTracks): Promise<void> {
    const { room, local } = this.#options;
    const kind = name === "screenSound" ? "screen" : name;
    if (room.state !== ConnectionState.Connected || local.tracks()[kind].state === "starting")
      return;
    const wanted = this.may()[kind] ? local.outgoing()[name] : null;
    const publication = room.localParticipant.getTrackPublication(sources[name]);
    if (name === "microphone") await this.#syncMicrophone(wanted, publication);
    else await this.#syncPicture(name, this.#sentOf(name, wanted), publication);
  }

  /** What is sent of that picture: itself, or the copy that was made of it. */
  #sentOf(name: keyof OutgoingTracks, wanted: MediaStreamTrack | null): MediaStreamTrack | null {
    const copy = this.#madeOf(name, wanted);
    if (copy !== undefined) return copy;
    this.#dropCopy(name);
    return wanted;
  }

  #madeOf(name: keyof OutgoingTracks, of: MediaStreamTrack | null): MediaStreamTrack | undefined {
    const made = this.#copies.get(name);
    return made?.of === of ? made.copy : undefined;
  }

  #makeCopy(name: keyof OutgoingTracks, of: MediaStreamTrack): MediaStreamTrack {
    const copy = of.clone();
    this.#dropCopy(name);
    this.#copies.set(name, { of, copy });
    return copy;
  }

  #dropCopy(name: keyof OutgoingTracks): void {
    this.#copies.get(name)?.copy.stop();
    this.#copies.delete(name);
  }

  async #syncPicture(
    name: Exclude<keyof OutgoingTracks, "microphone">,
    wanted: MediaStreamTrack | null,
    publication: LocalTrackPublication | undefined,
  ): Promise<void> {
    const published = publication?.track;
    if (published === undefined) {
      if (wanted !== null) await this.#publish(name, wanted);
    } else if (wanted === null)
      await this.#options.room.localParticipant.unpublishTrack(published, false);
    else if (published.mediaStreamTrack !== wanted) await published.replaceTrack(wanted, true);
  }

  /** A muted microphone stays published and sends nothing, so that unmuting cuts off no word. */
  async #syncMicrophone(
    wanted: MediaStreamTrack | null,
    publication: LocalTrackPublication | undefined,
  ): Promise<void> {
    const published = publication?.track;
    if (wanted === null) {
      await this.#mute(published);
      return;
    }
    const copy = this.#madeOf("microphone", wanted) ?? this.#makeCopy("microphone", wanted);
    if (published === undefined) {
      copy.enabled = true;
      await this.#publish("microphone", copy);
      return;
    }
    if (published.mediaStreamTrack !== copy) await published.replaceTrack(copy, true);
    await published.unmute();
    await published.resumeUpstream();
  }

  async #mute(published: LocalTrackPublication["track"]): Promise<void> {
    if (published === undefined) return;
    this.#isMuting = true;
    try {
      if (!published.isMuted) await published.mute();
      await published.pauseUpstream();
    } finally {
      this.#isMuting = false;
    }
  }

  async #publish(name: keyof OutgoingTracks, track: MediaStreamTrack): Promise<void> {
    const outgoing = track.kind === "video" ? new LayeredTrack(track) : track;
    try {
      await this.#options.room.localParticipant.publishTrack(outgoing, {
        source: sources[name],
        // The sound of a film must not be taken for speech.
        ...(name === "screenSound" ? { dtx: false, audioPreset: { maxBitrate: 64_000 } } : {}),
      });
    } catch (error) {
      this.#makeCopy(name, this.#copies.get(name)?.of ?? track);
      throw error;
    }
  }

  /** Also when it is published anew, over another connection, which begins with all layers. */
  readonly #published = ({ track }: LocalTrackPublication): void => {
    if (this.#mode === "lite") this.#setLayers(track);
  };

  #setLayers(track: LocalTrackPublication["track"]): void {
    if (!(track instanceof LayeredTrack)) return;
    track.sendSmallest(this.#mode === "lite").catch(() => {
      // The connection went away: once there is another, the track is published anew.
    });
  }

  /** We mute nothing but the microphone ourselves; whatever else is muted was muted by the server. */
  readonly #muted = (publication: TrackPublication, participant: { isLocal: boolean }): void => {
    if (!participant.isLocal || this.#isMuting) return;
    const kind = trackKinds.find((one) => sources[one] === publication.source);
    if (kind !== undefined && this.#options.local.tracks()[kind].state === "on")
      this.#options.onTakenOff(kind);
  };

  readonly #permissionsChanged = (_before: unknown, participant: { isLocal: boolean }): void => {
    if (!participant.isLocal) return;
    const may = this.may();
    for (const kind of trackKinds)
      if (!may[kind] && this.#options.local.tracks()[kind].state !== "off")
        this.#options.onTakenOff(kind);
    void this.sync();
  };
}
