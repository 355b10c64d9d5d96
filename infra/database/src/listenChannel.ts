import pg from "pg";
import { withinDeadline } from "./connectionFailure.ts";

/** What becomes of a channel that is listened to. */
export interface ChannelOptions {
  readonly onPayload: (payload: string) => void;
  /** LISTEN is in force again after a loss: what was told meanwhile is gone, so re-read what you serve. */
  readonly onReconnected: () => void;
  /** The connection was lost or could not be made; it goes on by itself. */
  readonly onError?: (error: unknown) => void;
  /** How often a silent connection is tried; a frozen server is noticed after this and 2 s. */
  readonly probeIntervalMs?: number;
}

/** A channel that is listened to. */
export interface ChannelListener {
  /** Resolves when LISTEN is in force for the first time. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

const answerTimeoutMs = 2_000;
const minRetryMs = 100;
const maxRetryMs = 2_000;

/** Listens on a connection of its own, and reconnects for as long as it is open. */
export function listenChannel(
  url: string,
  channel: string,
  options: ChannelOptions,
): ChannelListener {
  let closed = false;
  let wasLost = false;
  let retryMs = minRetryMs;
  let retry: NodeJS.Timeout | undefined;
  let connection: OpenConnection | undefined;
  let becomeReady: () => void;
  const ready = new Promise<void>((resolve) => (becomeReady = resolve));

  const connect = (): void => {
    connection = openConnection(
      { url, channel, options },
      {
        onListening() {
          retryMs = minRetryMs;
          if (wasLost) options.onReconnected();
          becomeReady();
        },
        onLost(error) {
          if (closed) return;
          wasLost = true;
          options.onError?.(error);
          retry = setTimeout(connect, retryMs);
          retryMs = Math.min(retryMs * 2, maxRetryMs);
        },
      },
    );
  };

  connect();
  return {
    ready,
    async close() {
      closed = true;
      clearTimeout(retry);
      await connection?.close();
    },
  };
}

interface OpenConnection {
  close(): Promise<void>;
}

interface ConnectionEvents {
  readonly onListening: () => void;
  /** Once, and the connection is of no more use. */
  readonly onLost: (error: unknown) => void;
}

interface Listening {
  readonly url: string;
  readonly channel: string;
  readonly options: ChannelOptions;
}

function openConnection(
  { url, channel, options }: Listening,
  events: ConnectionEvents,
): OpenConnection {
  const client = makeClient(url, channel);
  let open = true;
  let probe: NodeJS.Timeout | undefined;

  const end = async (): Promise<void> => {
    open = false;
    clearTimeout(probe);
    // A frozen server never takes leave.
    await withinDeadline(client.end(), answerTimeoutMs).catch(() => undefined);
  };
  const lose = (error: unknown): void => {
    if (!open) return;
    void end();
    events.onLost(error);
  };
  // A frozen server, or a path that drops everything, closes nothing: only silence tells.
  const probeLater = (): void => {
    if (!open) return;
    const { probeIntervalMs = 2_000 } = options;
    probe = setTimeout(() => void client.query("select 1").then(probeLater, lose), probeIntervalMs);
  };

  client.on("error", lose);
  client.on("end", () => lose(new Error("Postgres closed the connection.")));
  client.on("notification", ({ payload }) => options.onPayload(payload ?? ""));
  listen(client, channel).then(() => {
    if (!open) return;
    probeLater();
    events.onListening();
  }, lose);
  return { close: end };
}

function makeClient(url: string, channel: string): pg.Client {
  return new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: answerTimeoutMs,
    query_timeout: answerTimeoutMs,
    application_name: `listener of ${channel}`,
  });
}

async function listen(client: pg.Client, channel: string): Promise<void> {
  await client.connect();
  await client.query(`listen ${pg.escapeIdentifier(channel)}`);
}
