import type { RedisChannel } from "./redisNames.ts";

/** Who is told of a link. */
export interface LinkListener {
  /** Commands are answered again; nothing is subscribed. */
  up(): void;
  /** Until `up`, commands fail. Told at each attempt to come back that fails, too. */
  down(cause: unknown): void;
  message(channel: RedisChannel, text: string): void;
}

/**
 * The connections to one Redis, Cluster or what Sentinels watch; comes back by itself. What is asked while it is
 * away is refused at once, and nothing waits longer than 2 s: a Redis that answers nothing is away.
 */
export interface RedisLink {
  /** In this order, in one write. */
  publish(messages: readonly Published[]): Promise<void>;
  subscribe(channels: readonly RedisChannel[]): Promise<void>;
  unsubscribe(channels: readonly RedisChannel[]): Promise<void>;
  /** True when the key was not there, and is now. */
  setOnce(key: string, forMs: number): Promise<boolean>;
  /** Ends the connections at once. */
  close(): void;
}

/** What is to be said on one channel. */
export interface Published {
  readonly channel: RedisChannel;
  readonly text: string;
}

/** Within twice this a Redis that answers nothing is taken for away: it is asked so often, and has so long. */
export const answerTimeoutMs = 2_000;

const maxRetryDelayMs = 1_000;

/** Spread, so that the nodes do not come back to an empty Redis in step. */
export function retryDelayMs(attempt: number): number {
  return Math.min(50 * 2 ** Math.min(attempt, 6), maxRetryDelayMs) * (0.5 + Math.random() / 2);
}

/** What all connections have in common; none of them keeps a command for later. */
export const connectionOptions = {
  commandTimeout: answerTimeoutMs,
  connectTimeout: answerTimeoutMs,
  socketTimeout: answerTimeoutMs,
  disconnectTimeout: 200,
  maxRetriesPerRequest: 0,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
} as const;
