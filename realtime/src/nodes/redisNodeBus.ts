import type { Log } from "../log.ts";
import type { Channel } from "../publish/publisher.ts";
import { createClusterLink } from "./clusterLink.ts";
import { createFollowedChannels } from "./followedChannels.ts";
import type { Claim, NodeBus, NodeId, NodeListener, NodeNotice, RoomNotice } from "./nodeBus.ts";
import { createPlainLink } from "./plainLink.ts";
import type { RedisAddress } from "./redisAddress.ts";
import type { LinkListener, RedisLink } from "./redisLink.ts";
import type { RedisChannel, RedisNames } from "./redisNames.ts";

interface RedisBusParts {
  readonly nodeId: NodeId;
  readonly address: RedisAddress;
  readonly names: RedisNames;
  readonly log: Log;
}

/** So much may be on its way to Redis; a Redis that is slower than that loses what is said. */
const maxUnansweredBytes = 8 << 20;
const claimTimeoutMs = 250;
/** What was refused, or not answered in time, is asked again so much later. */
const askAgainAfterMs = 1_000;

/** The bus over Redis: a channel for each room and one for all nodes, and keys for what is claimed. */
export function createRedisNodeBus(parts: RedisBusParts): NodeBus {
  return new RedisNodeBus(parts);
}

class RedisNodeBus implements NodeBus, LinkListener {
  readonly nodeId: NodeId;
  isConnected = false;
  readonly counts = { said: 0, heard: 0, lost: 0 };
  readonly #parts: RedisBusParts;
  readonly #link: RedisLink;
  readonly #followed = createFollowedChannels();
  #listener: NodeListener | null = null;
  /** What was said and followed in this turn of the loop, and goes out together at its end. */
  #said = new Map<RedisChannel, unknown[]>();
  #toFollow = new Set<Channel>();
  #toLeave = new Set<Channel>();
  #turn: NodeJS.Immediate | null = null;
  #unansweredBytes = 0;
  #published: Promise<unknown> = Promise.resolve();
  /** Counts the times that Redis came back. */
  #returns = 0;
  #isAwayTold = false;
  #isClosed = false;

  constructor(parts: RedisBusParts) {
    this.#parts = parts;
    this.nodeId = parts.nodeId;
    const { address } = parts;
    this.#link =
      address.kind === "cluster"
        ? createClusterLink(address, this)
        : createPlainLink(address, this);
  }

  listen(listener: NodeListener): void {
    this.#listener = listener;
    if (this.isConnected) listener.missed();
  }

  follow(channel: Channel): void {
    if (!this.#followed.add(channel)) return;
    if (!this.#toLeave.delete(channel)) this.#toFollow.add(channel);
    this.#schedule();
  }

  leave(channel: Channel): void {
    if (!this.#followed.remove(channel)) return;
    if (!this.#toFollow.delete(channel)) this.#toLeave.add(channel);
    this.#schedule();
  }

  say(channel: Channel, notice: RoomNotice): void {
    this.#gather(this.#parts.names.channelOf(channel), notice);
  }

  sayToAll(notice: NodeNotice): void {
    this.#gather(this.#parts.names.allNodes, notice);
  }

  async claim(key: string, forMs: number): Promise<Claim> {
    if (!this.isConnected) return "unknown";
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"unknown">((resolve) => {
      timer = setTimeout(() => resolve("unknown"), claimTimeoutMs);
    });
    const asked = this.#link.setOnce(this.#parts.names.keyOf(key), forMs).then(
      (isFirst) => (isFirst ? "first" : "taken"),
      () => "unknown" as const,
    );
    const claim = await Promise.race([asked, late]);
    clearTimeout(timer);
    return claim;
  }

  async close(): Promise<void> {
    this.#endTurn();
    this.#isClosed = true;
    this.isConnected = false;
    this.#listener = null;
    // It is answered or given up within 2 s.
    await this.#published;
    this.#link.close();
  }

  up(): void {
    this.#returns += 1;
    void this.#subscribeToAll(this.#returns);
  }

  down(cause: unknown): void {
    this.#returns += 1;
    this.isConnected = false;
    this.#tellAway(cause);
  }

  message(channel: RedisChannel, text: string): void {
    // One's own comes back, too.
    const from = text.slice(0, this.nodeId.length) as NodeId;
    if (from === this.nodeId) return;
    const notices = parseNotices(text.slice(from.length));
    this.counts.heard += notices.length;
    if (channel === this.#parts.names.allNodes) {
      for (const notice of notices) this.#listener?.heardByAll(from, notice as NodeNotice);
      return;
    }
    const room = this.#parts.names.roomOf(channel);
    for (const notice of notices) {
      if (this.#followed.has(room)) this.#listener?.heard(room, from, notice as RoomNotice);
    }
  }

  async #subscribeToAll(returns: number): Promise<void> {
    this.#toFollow.clear();
    this.#toLeave.clear();
    try {
      const { names } = this.#parts;
      const rooms = this.#followed.all().map(names.channelOf);
      await this.#link.subscribe([names.allNodes, ...rooms]);
    } catch (error) {
      // When the connection has ended, too, all is tried again as soon as it is back.
      if (returns === this.#returns) this.#tellAway(error);
      this.#later(returns, () => void this.#subscribeToAll(returns));
      return;
    }
    if (returns !== this.#returns || this.#isClosed) return;
    this.isConnected = true;
    if (this.#isAwayTold) this.#parts.log("info", "Redis is back");
    this.#isAwayTold = false;
    this.#listener?.missed();
  }

  #tellAway(cause: unknown): void {
    if (this.#isAwayTold || this.#isClosed) return;
    this.#isAwayTold = true;
    this.#parts.log("warn", "Redis is away: each node is by itself until it is back", { cause });
  }

  /** Does it a little later, if it is still the same connection. */
  #later(returns: number, act: () => void): void {
    setTimeout(() => {
      if (returns === this.#returns && !this.#isClosed) act();
    }, askAgainAfterMs).unref();
  }

  #gather(channel: RedisChannel, notice: unknown): void {
    if (!this.isConnected) {
      this.counts.lost += 1;
      return;
    }
    const notices = this.#said.get(channel);
    if (notices !== undefined) notices.push(notice);
    else this.#said.set(channel, [notice]);
    this.#schedule();
  }

  #schedule(): void {
    this.#turn ??= setImmediate(() => this.#endTurn());
  }

  #endTurn(): void {
    if (this.#turn !== null) clearImmediate(this.#turn);
    this.#turn = null;
    if (this.isConnected) this.#followAndLeave();
    if (this.#said.size > 0) this.#publish();
  }

  #followAndLeave(): void {
    const come = [...this.#toFollow];
    const gone = [...this.#toLeave];
    this.#toFollow.clear();
    this.#toLeave.clear();
    const returns = this.#returns;
    if (gone.length > 0)
      this.#link.unsubscribe(gone.map(this.#parts.names.channelOf)).catch(() => undefined);
    if (come.length === 0) return;
    this.#link.subscribe(come.map(this.#parts.names.channelOf)).then(
      () => {
        if (returns === this.#returns) this.#listener?.followed(come);
      },
      () => this.#later(returns, () => this.#followAgain(come)),
    );
  }

  #followAgain(channels: readonly Channel[]): void {
    for (const channel of channels) if (this.#followed.has(channel)) this.#toFollow.add(channel);
    this.#schedule();
  }

  #publish(): void {
    const said = this.#said;
    this.#said = new Map();
    let count = 0;
    let bytes = 0;
    const messages = [...said].map(([channel, notices]) => {
      const text = this.nodeId + JSON.stringify(notices);
      count += notices.length;
      bytes += text.length;
      return { channel, text };
    });
    if (this.#unansweredBytes + bytes > maxUnansweredBytes) {
      this.counts.lost += count;
      return;
    }
    this.#unansweredBytes += bytes;
    this.#published = this.#link
      .publish(messages)
      .then(
        () => (this.counts.said += count),
        () => (this.counts.lost += count),
      )
      .finally(() => (this.#unansweredBytes -= bytes));
  }
}

/** A node of another version may say what this one does not know; what is no notice at all is nobody's. */
function parseNotices(text: string): readonly { readonly kind: string }[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter(isNotice) : [];
  } catch {
    return [];
  }
}

function isNotice(value: unknown): value is { readonly kind: string } {
  return typeof value === "object" && value !== null && "kind" in value;
}
