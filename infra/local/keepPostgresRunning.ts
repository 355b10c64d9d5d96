import { setTimeout as delay } from "node:timers/promises";
import {
  startEmbeddedPostgres,
  stopEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from "./postgres/embeddedPostgres.ts";
import type { KeepRunningEvents } from "./keepRunning.ts";

export interface KeptPostgres {
  /** @throws PlainError when it did not start. */
  readonly ready: Promise<EmbeddedPostgres>;
  readonly pid: number | null;
  stop(): Promise<void>;
}

const retryMs = 500;

/** Starts Postgres, or takes over one that was left behind, and starts it again whenever it dies. */
export function keepPostgresRunning(
  options: EmbeddedPostgresOptions,
  events: KeepRunningEvents,
): KeptPostgres {
  let stopping = false;
  let server: EmbeddedPostgres | undefined;

  const start = async (): Promise<EmbeddedPostgres> => {
    server = await startEmbeddedPostgres(options);
    return server;
  };

  const startAgainForever = async (first: EmbeddedPostgres): Promise<void> => {
    await first.waitUntilGone();
    while (!stopping) {
      events.onProgress("The database ended unexpectedly; starting it again …");
      try {
        const again = await start();
        events.onProgress("The database is back.");
        events.onRestarted();
        await again.waitUntilGone();
      } catch (error) {
        events.onProgress(String(error));
        await delay(retryMs);
      }
    }
  };

  const ready = start();
  ready.then(startAgainForever).catch(() => undefined);
  return {
    ready,
    get pid() {
      return server?.pid ?? null;
    },
    async stop() {
      stopping = true;
      // Whether or not `ready` ever came: what runs on this data is ours.
      await stopEmbeddedPostgres(options.place);
    },
  };
}
