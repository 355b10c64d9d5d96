import { utf8Bytes, type Result } from "@darasa/protocol";
import { awarenessLimits, type AwarenessUser } from "@darasa/protocol/awareness";
import { decodeAwareness, encodeAwareness, type AwarenessEntry } from "./awarenessCodec.ts";
import type { ConnectionNumber } from "./workerMessages.ts";

/** What the awareness of a board works with. */
interface AwarenessParts {
  /** Tells all who are at the board. */
  readonly send: (frame: Uint8Array) => void;
  /** How many those are. */
  readonly audience: () => number;
  readonly now: () => number;
}

/** A connection, and who it is by what the server knows. */
export interface AwarenessSender {
  readonly connection: ConnectionNumber;
  readonly user: AwarenessUser;
}

interface State {
  readonly clock: number;
  readonly json: string;
}

interface Owner {
  readonly connection: ConnectionNumber;
  readonly userId: string;
}

/** What a board tells in all, each state once for each of those who are told it: beyond it, it tells less often. */
const maxStatesPerSecond = 50_000;
/** However many there are: a pointer that stands still for longer looks dead. */
const maxIntervalMs = 1_000;

/** Owners are remembered when they are gone: their peers may still repeat what they said. */
const maxOwners = 1_000;
const gone = "null";
const heard = { ok: true, value: null } as const;

/**
 * Who is where on one board. It needs no merging, so that it never waits for a worker. What changed goes out
 * at once when it was quiet, and at most every `minIntervalMs`: of one client's changes only the last. In a crowd all
 * are told of all, so that twice as many cost four times as much: the more that was, the later is the next.
 */
export class BoardAwareness {
  readonly #parts: AwarenessParts;
  readonly #states = new Map<number, State>();
  readonly #clientOf = new Map<ConnectionNumber, number>();
  readonly #owners = new Map<number, Owner>();
  readonly #changed = new Set<number>();
  #sentAtMs = -Infinity;
  #intervalMs: number = awarenessLimits.minIntervalMs;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: AwarenessParts) {
    this.#parts = parts;
  }

  /**
   * Takes what a connection says of itself, under the name that the server gave it (SPEC B2); what it says
   * of others is not heard. `bad_frame` when it cannot be read.
   */
  receive(from: AwarenessSender, payload: Uint8Array): Result<null> {
    const entries = decodeAwareness(payload);
    if (entries === null) return { ok: false, error: "bad_frame" };
    const entry = this.#ownState(from, entries);
    if (entry === null) return heard;
    this.#own(from, entry.client);
    this.#change(entry);
    return heard;
  }

  /** One frame with everybody, or null when nobody is there. */
  everybody(): Uint8Array | null {
    return this.#encode(this.#states.keys());
  }

  /** The connection is gone, or has no say any more: the others are told. */
  remove(connection: ConnectionNumber): void {
    const client = this.#clientOf.get(connection);
    this.#clientOf.delete(connection);
    if (client === undefined || this.#owners.get(client)?.connection !== connection) return;
    const state = this.#states.get(client);
    if (state !== undefined) this.#change({ client, clock: state.clock + 1, json: gone });
  }

  /** Nothing is sent from now on. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#states.clear();
  }

  /** What the connection says of its own client; null when it is nothing new or nothing that it may say. */
  #ownState(from: AwarenessSender, entries: readonly AwarenessEntry[]): AwarenessEntry | null {
    const entry = entries.find(({ client }) => this.#isOwn(from, client));
    if (entry === undefined) return null;
    const json = stamp(entry.json, from.user);
    const state = this.#states.get(entry.client);
    if (json === null || entry.clock < (state?.clock ?? 0)) return null;
    const isUnknown = state === undefined && json === gone;
    return isUnknown ? null : { ...entry, json };
  }

  #isOwn({ connection, user }: AwarenessSender, client: number): boolean {
    const own = this.#clientOf.get(connection);
    if (own !== undefined) return own === client;
    const owner = this.#owners.get(client);
    return owner === undefined || owner.userId === user.id;
  }

  #own({ connection, user }: AwarenessSender, client: number): void {
    this.#clientOf.set(connection, client);
    this.#owners.delete(client);
    this.#owners.set(client, { connection, userId: user.id });
    if (this.#owners.size <= maxOwners) return;
    const longestGone = [...this.#owners.keys()].find((known) => !this.#states.has(known));
    if (longestGone !== undefined) this.#owners.delete(longestGone);
  }

  #change({ client, clock, json }: AwarenessEntry): void {
    this.#states.set(client, { clock, json });
    this.#changed.add(client);
    if (this.#timer !== null) return;
    const waitMs = this.#sentAtMs + this.#intervalMs - this.#parts.now();
    const boundedMs = Math.min(Math.max(0, waitMs), this.#intervalMs);
    this.#timer = setTimeout(() => this.#flush(), boundedMs);
  }

  #flush(): void {
    this.#timer = null;
    this.#sentAtMs = this.#parts.now();
    const told = this.#changed.size * this.#parts.audience();
    this.#intervalMs = Math.min(
      Math.max(awarenessLimits.minIntervalMs, (told / maxStatesPerSecond) * 1_000),
      maxIntervalMs,
    );
    const frame = this.#encode(this.#changed);
    for (const client of this.#changed) {
      if (this.#states.get(client)?.json === gone) this.#states.delete(client);
    }
    this.#changed.clear();
    if (frame !== null) this.#parts.send(frame);
  }

  #encode(clients: Iterable<number>): Uint8Array | null {
    const entries = [...clients].flatMap((client): AwarenessEntry[] => {
      const state = this.#states.get(client);
      return state === undefined ? [] : [{ client, ...state }];
    });
    return entries.length === 0 ? null : encodeAwareness(entries);
  }
}

/** The state with its owner put in by us; null when a client may not say that. */
function stamp(json: string, user: AwarenessUser): string | null {
  if (json === gone) return gone;
  if (utf8Bytes(json) > awarenessLimits.maxStateBytes) return null;
  try {
    const state: unknown = JSON.parse(json);
    if (typeof state !== "object" || state === null || Array.isArray(state)) return null;
    return JSON.stringify({ ...state, user });
  } catch {
    return null;
  }
}
