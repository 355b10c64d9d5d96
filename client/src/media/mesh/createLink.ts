import type { Signal } from "@darasa/protocol";
import type { OutgoingTracks } from "../createLocalMedia.ts";
import { createConnectionMeter, type StatsReport } from "../connectionMeter.ts";
import type { RemoteMedia } from "../provider.ts";
import type { MediaStatistics } from "../statistics.ts";
import { limitSenders } from "./limitSenders.ts";
import { createReceivedLevel } from "./receivedLevel.ts";
import {
  addSections,
  fillSections,
  openSections,
  shownStreams,
  takeSections,
  type Sections,
} from "./sections.ts";

/** What arrives over one connection; a stream is the same object whenever it is there. */
export type IncomingStreams = Pick<RemoteMedia, "microphone" | "camera" | "screen">;

/** Which pictures of the other side are to arrive at all. */
export type WantedPictures = Readonly<Record<"camera" | "screen", boolean>>;

/** Nothing arrives. */
export const noStreams: IncomingStreams = { microphone: null, camera: null, screen: null };

/** One `RTCPeerConnection` of a pair: one generation (SPEC V6). */
export interface Link {
  /** Offering side only: makes an offer, or one more when the answer to the last is there. */
  readonly offer: () => void;
  /** Offering side only: as `offer`, over a new path. Nothing, while an offer is not answered yet. */
  readonly restart: () => void;
  /** Takes what the other side said about this connection, in order. */
  readonly receive: (signal: Signal) => void;
  /** Sends what goes out now, as well as that many people allow. */
  readonly refresh: () => void;
  /** What may be shown now: null for what is off, or not agreed on yet. */
  readonly incoming: () => IncomingStreams;
  /** How loud the other microphone is right now, 0 to 1. */
  readonly level: () => number;
  readonly statistics: () => Promise<MediaStatistics>;
  readonly close: () => void;
}

export interface LinkOptions {
  readonly isOfferer: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly send: (signal: Signal) => void;
  readonly outgoing: () => OutgoingTracks;
  readonly peopleCount: () => number;
  readonly receives: () => WantedPictures;
  readonly onTransport: (state: "connected" | "disconnected" | "failed") => void;
  /** What is incoming or shown has changed. */
  readonly onMedia: () => void;
  /** The browser refused a step; nothing more comes of this connection. */
  readonly onBroken: () => void;
}

/** A connection that has not said anything yet. Owns its `RTCPeerConnection` until `close`. */
export function createLink(options: LinkOptions): Link {
  return new PeerLink(options);
}

class PeerLink implements Link {
  readonly #options: LinkOptions;
  readonly #connection: RTCPeerConnection;
  readonly #meter = createConnectionMeter();
  #sections: Sections | null = null;
  #agreed: IncomingStreams = noStreams;
  #shown: NonNullable<Signal["streams"]> = {};
  /** Candidates that came before the description which they belong to. */
  #early: RTCIceCandidateInit[] = [];
  #wantsAnotherOffer = false;
  #isClosed = false;
  /** Steps of a negotiation must not interleave: each waits for the one before. */
  #work: Promise<void> = Promise.resolve();
  readonly #readLevel = createReceivedLevel();

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#connection = new RTCPeerConnection({
      iceServers: [...options.iceServers],
      bundlePolicy: "max-bundle",
    });
    this.#connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate !== null && candidate.candidate !== "")
        options.send({ candidate: { ...candidate.toJSON() } });
    });
    this.#connection.addEventListener("connectionstatechange", this.#transportChanged);
    if (options.isOfferer) this.#sections = addSections(this.#connection);
  }

  readonly incoming = (): IncomingStreams => {
    const shown = Object.values(this.#shown);
    const receives = this.#options.receives();
    const isIn = (name: keyof WantedPictures) => shown.includes(name) && receives[name];
    return {
      microphone: this.#agreed.microphone,
      camera: isIn("camera") ? this.#agreed.camera : null,
      screen: isIn("screen") ? this.#agreed.screen : null,
    };
  };

  readonly offer = (): void => this.#then(() => this.#makeOffer());

  readonly restart = (): void => {
    if (this.#connection.signalingState !== "stable") return;
    this.#connection.restartIce();
    this.offer();
  };

  readonly receive = (signal: Signal): void => {
    const { description, candidate, streams } = signal;
    if (streams !== undefined) {
      this.#shown = streams;
      this.#options.onMedia();
    }
    if (description !== undefined) this.#then(() => this.#takeDescription(description));
    if (candidate !== undefined && candidate !== null)
      this.#then(() => this.#takeCandidate(candidate));
  };

  readonly refresh = (): void =>
    this.#then(async () => {
      const sections = this.#sections;
      if (sections === null) return;
      await this.#fill(sections);
      this.#options.send({ streams: this.#streamsToTell(sections) });
      if (openSections(sections, this.#options.receives())) await this.#agreeAnew();
    });

  readonly level = (): number => this.#readLevel(this.#sections?.microphone.receiver);

  readonly statistics = async (): Promise<MediaStatistics> => {
    const report: StatsReport = await this.#connection.getStats();
    return this.#meter.read(report);
  };

  readonly close = (): void => {
    this.#isClosed = true;
    this.#connection.removeEventListener("connectionstatechange", this.#transportChanged);
    this.#connection.close();
  };

  readonly #transportChanged = (): void => {
    const state = this.#connection.connectionState;
    if (state === "connected") this.#then(() => this.#limit());
    if (state === "connected" || state === "disconnected" || state === "failed")
      this.#options.onTransport(state);
  };

  async #makeOffer(): Promise<void> {
    const sections = this.#sections;
    if (sections === null) return;
    if (this.#connection.signalingState !== "stable") {
      this.#wantsAnotherOffer = true;
      return;
    }
    await fillSections(sections, this.#options.outgoing());
    openSections(sections, this.#options.receives());
    await this.#connection.setLocalDescription();
    this.#sendDescription(sections);
  }

  /** Which pictures arrive is part of the description; the side that does not offer asks for one by a restart. */
  async #agreeAnew(): Promise<void> {
    if (this.#options.isOfferer) await this.#makeOffer();
    else this.#options.send({ wantsOffer: { restart: true } });
  }

  async #takeDescription(description: NonNullable<Signal["description"]>): Promise<void> {
    if (description.type === "offer" && !this.#options.isOfferer) {
      await this.#connection.setRemoteDescription({ type: "offer", sdp: description.sdp });
      this.#sections ??= takeSections(this.#connection);
      await fillSections(this.#sections, this.#options.outgoing());
      openSections(this.#sections, this.#options.receives());
      await this.#connection.setLocalDescription();
      this.#sendDescription(this.#sections);
    } else if (description.type === "answer" && this.#options.isOfferer) {
      if (this.#connection.signalingState !== "have-local-offer") return;
      await this.#connection.setRemoteDescription({ type: "answer", sdp: description.sdp });
    } else return;
    await this.#settle();
  }

  async #settle(): Promise<void> {
    if (this.#sections !== null && this.#agreed === noStreams) {
      this.#agreed = incomingStreams(this.#sections);
      this.#options.onMedia();
    }
    for (const candidate of this.#early.splice(0)) await this.#takeCandidate(candidate);
    if (!this.#wantsAnotherOffer) return;
    this.#wantsAnotherOffer = false;
    await this.#makeOffer();
  }

  async #takeCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.#connection.remoteDescription === null) {
      this.#early.push(candidate);
      return;
    }
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch {
      // An address of a path that was restarted since, or of a kind this browser does not know.
    }
  }

  async #fill(sections: Sections): Promise<void> {
    await fillSections(sections, this.#options.outgoing());
    await this.#limit();
  }

  async #limit(): Promise<void> {
    if (this.#sections !== null) await limitSenders(this.#sections, this.#options.peopleCount());
  }

  #sendDescription(sections: Sections): void {
    const description = this.#connection.localDescription;
    if (description === null) return;
    const { type, sdp } = description;
    this.#options.send({ description: { type, sdp }, streams: this.#streamsToTell(sections) });
  }

  #streamsToTell(sections: Sections): Signal["streams"] {
    return shownStreams(sections, this.#options.outgoing());
  }

  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      if (this.#isClosed) return;
      try {
        await step();
      } catch {
        // A connection that is closed half-way through a step refuses the rest of it: that is no fault.
        if (this.#connection.signalingState !== "closed") this.#options.onBroken();
      }
    });
  }
}

function incomingStreams(sections: Sections): IncomingStreams {
  const { microphone, camera, screen, screenSound } = sections;
  return {
    microphone: new MediaStream([microphone.receiver.track]),
    camera: new MediaStream([camera.receiver.track]),
    screen: new MediaStream([screen.receiver.track, screenSound.receiver.track]),
  };
}
