/** Types of `client.mjs` for those in TypeScript who use it. */

/** What the server said, as it is read from JSON: whatever it may be. */
export interface Heard {
  readonly type: string;
  readonly id?: string | null;
  readonly done?: boolean;
  readonly seq?: number;
  /** Of an ack. */
  readonly result?: { readonly seq?: number };
  /** Of an error. */
  readonly code?: string;
}

export interface Sent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export class Connection {
  static open(url: string, ticket: string): Promise<Connection>;
  readonly heard: readonly Heard[];
  sendFrame(frame: string | Uint8Array): void;
  ask(command: Sent): Promise<Heard>;
  done(command: Sent): Promise<Readonly<Record<string, unknown>>>;
  next(fits: (message: Heard) => boolean, from?: number): Promise<Heard>;
  closed(withinMs?: number): Promise<number>;
  close(): void;
}

export class RoomLog {
  constructor(since?: number);
  readonly lastSeq: number;
  readonly faults: readonly string[];
  take(heard: readonly Heard[], room: string): this;
}
