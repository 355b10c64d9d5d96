import type { ParticipantId, Signal } from "@darasa/protocol";
import type { OutgoingTracks } from "../createLocalMedia.ts";
import type { RemoteMedia } from "../provider.ts";
import { addStatistics, costOf, noStatistics, type MediaStatistics } from "../statistics.ts";
import { createLink, noStreams, type Link, type WantedPictures } from "./createLink.ts";
import { pairQuality } from "./pairQuality.ts";
import { newPair, reducePair, type PairEvent, type PairStep } from "./reducePair.ts";

/** Oneself and one other session, over as many connections one after another as it takes. */
export interface Pair {
  readonly participantId: ParticipantId;
  readonly remote: () => RemoteMedia;
  readonly receive: (signal: Signal) => void;
  /** One's own tracks or the number of people have changed. */
  readonly refresh: () => void;
  /** Mends the path now, because the network changed. */
  readonly restart: () => void;
  readonly level: () => number;
  readonly statistics: () => Promise<MediaStatistics>;
  /** Plays on for as long as it lasts, without signalling: the session it was agreed with is gone. */
  readonly retire: () => void;
  readonly close: () => void;
}

export interface PairOptions {
  readonly participantId: ParticipantId;
  readonly isOfferer: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly send: (signal: Signal) => void;
  readonly outgoing: () => OutgoingTracks;
  readonly peopleCount: () => number;
  /** Which pictures of the other are wanted at all. */
  readonly receives: () => WantedPictures;
  /** Calls `run` once after `delayMs`; the returned function cancels that. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly onChange: () => void;
}

/** A pair that begins to connect at once. Owns its connections until `close`. */
export function createPair(options: PairOptions): Pair {
  return new SessionPair(options);
}

class SessionPair implements Pair {
  readonly participantId: ParticipantId;
  readonly #options: PairOptions;
  #state = newPair;
  #link: Link | null = null;
  #generation = 0;
  #isRetired = false;
  /** Bytes of the connections before the present one. */
  #before = noStatistics;
  /** The line as it was when somebody last asked for the statistics. */
  #line = noStatistics;
  #cancelDeadline: () => void = () => undefined;

  constructor(options: PairOptions) {
    this.#options = options;
    this.participantId = options.participantId;
    if (options.isOfferer) this.#build();
    else this.#happened("begun");
  }

  readonly remote = (): RemoteMedia => {
    const { participantId } = this;
    const { connection } = this.#state;
    const isThere = connection === "connected" || connection === "lost";
    const streams = isThere && this.#link !== null ? this.#link.incoming() : noStreams;
    const quality = pairQuality(connection, this.#line);
    return { participantId, connection, quality, ...streams };
  };

  readonly receive = (signal: Signal): void => {
    if (this.#isRetired) return;
    const generation = signal.generation ?? 0;
    if (this.#isNext(generation, signal)) this.#renew(generation);
    if (generation !== this.#generation) return;
    if (signal.wantsOffer === undefined) this.#link?.receive(signal);
    else if (this.#options.isOfferer) this.#answerWish(signal.wantsOffer.restart);
  };

  readonly refresh = (): void => {
    if (!this.#isRetired) this.#link?.refresh();
  };

  readonly restart = (): void => {
    if (this.#isRetired) return;
    if (this.#options.isOfferer) this.#link?.restart();
    else this.#send({ wantsOffer: { restart: true } });
  };

  readonly level = (): number => this.#link?.level() ?? 0;

  readonly statistics = async (): Promise<MediaStatistics> => {
    const open = (await this.#link?.statistics()) ?? noStatistics;
    const { quality } = this.remote();
    this.#line = open;
    if (this.remote().quality !== quality) this.#options.onChange();
    return addStatistics(this.#before, open);
  };

  readonly retire = (): void => {
    this.#isRetired = true;
    this.#cancelDeadline();
  };

  readonly close = (): void => {
    this.retire();
    this.#link?.close();
    this.#link = null;
  };

  /** Whether the offering side begins a new connection with this. */
  #isNext(generation: number, signal: Signal): boolean {
    return (
      !this.#options.isOfferer &&
      generation > this.#generation &&
      signal.description?.type === "offer"
    );
  }

  #answerWish(restart: boolean): void {
    if (restart) this.#link?.restart();
    else this.#build();
  }

  /** Offering side: begins the next connection. */
  #build(): void {
    this.#renew(this.#generation + 1);
    this.#link?.offer();
  }

  #renew(generation: number): void {
    const old = this.#link;
    void old?.statistics().then((last) => {
      this.#before = addStatistics(this.#before, costOf(last));
    });
    old?.close();
    this.#generation = generation;
    this.#link = createLink({
      ...this.#options,
      send: this.#send,
      onTransport: this.#happened,
      onMedia: this.#options.onChange,
      onBroken: () => this.#happened("broken"),
    });
    this.#happened("begun");
  }

  readonly #send = (signal: Signal): void => {
    if (!this.#isRetired) this.#options.send({ generation: this.#generation, ...signal });
  };

  readonly #happened = (event: PairEvent): void => {
    if (this.#isRetired) {
      this.#fade(event);
      return;
    }
    const step = reducePair(this.#state, event);
    this.#state = step.state;
    this.#setDeadline(step.deadlineMs);
    this.#act(step.action);
    this.#options.onChange();
  };

  /** Nothing of a retired pair is mended, but a picture that stands still is not called connected. */
  #fade(event: PairEvent): void {
    if (event === "connected" || this.#state.connection !== "connected") return;
    this.#state = { ...this.#state, connection: "lost" };
    this.#options.onChange();
  }

  #setDeadline(deadlineMs: PairStep["deadlineMs"]): void {
    if (deadlineMs === "keep") return;
    this.#cancelDeadline();
    if (deadlineMs !== "never")
      this.#cancelDeadline = this.#options.after(deadlineMs, () => this.#happened("deadline"));
  }

  #act(action: PairStep["action"]): void {
    switch (action) {
      case "none":
        return;
      case "restart":
        this.restart();
        return;
      case "rebuild":
        if (this.#options.isOfferer) this.#build();
        else this.#send({ wantsOffer: { restart: false } });
    }
  }
}
