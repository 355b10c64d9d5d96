/** How many rooms, and how many connections in each. */
export interface Shape {
  readonly rooms: number;
  readonly members: number;
}

/** A server that was started for one measurement. */
export interface RunningServer {
  /** Where it listens. */
  readonly port: number;
  /** The processes that are the server: their descendants count too. */
  readonly pids: readonly number[];
  /** Those that serve it and are told apart: a database. */
  readonly pidsBeside: readonly number[];
  /** All that it has printed: its last words when it dies. */
  readonly output: () => string;
  /** What the generator must know beyond address and dialect. */
  readonly flags: readonly string[];
  readonly stop: () => Promise<void>;
}

/** One of those that are compared. */
export interface ServerKind {
  readonly name: string;
  readonly title: string;
  /** As the generator calls it. */
  readonly dialect: string;
  /** Installs what it needs, into the cache; the versions, as the caption tells them, or why it is left out. */
  prepare(): Promise<Prepared>;
  /** `part` tells apart several processes of it at the same time, each with people of its own. */
  start(shape: Shape, part?: number): Promise<RunningServer>;
  /** After the last measurement. */
  end?(): Promise<void>;
}

export type Prepared =
  | { readonly ok: true; readonly versions: string }
  | { readonly ok: false; readonly reason: string };
