import { createHash } from "node:crypto";
import { connect, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { errorCode } from "./errorCode.ts";
import { PlainError } from "./plainError.ts";

/** Held by the one supervisor of a data folder. */
export interface InstanceLock {
  /** What somebody who comes later is told: where we are, or that we are about to leave. */
  say(state: string): void;
  release(): void;
}

/** What a holder says while it stops: worth waiting for. */
export const leaving = "leaving";

const leavingPatienceMs = 30_000;
/** A supervisor whose terminal was killed needs a moment to notice. */
const patienceMs = 2_000;
const retryMs = 100;

/**
 * Takes the lock of this folder: a Linux abstract socket (`unix(7)`), which the kernel takes back when we
 * die, however that happens. Waits for a holder that is leaving.
 * @throws PlainError with what the holder says, when another instance runs.
 */
export async function takeInstanceLock(
  folder: string,
  onProgress: (line: string) => void,
): Promise<InstanceLock> {
  const name = `\0darasa-${createHash("sha256").update(folder).digest("hex").slice(0, 32)}`;
  const startedAtMs = Date.now();
  let told = false;
  for (;;) {
    const lock = await tryLock(name);
    if (lock) return lock;
    const state = await ask(name);
    const waitedMs = Date.now() - startedAtMs;
    if (waitedMs > (state === leaving ? leavingPatienceMs : patienceMs)) {
      throw new PlainError(
        `Darasa runs already on this data folder${state === "" ? "" : `: ${state}`}.\n` +
          "Stop that one first (Ctrl-C where it runs), or name another folder and port:\n" +
          "DARASA_DATA_DIR=.darasa-2 PORT=3100 npm start",
      );
    }
    if (state === leaving && !told) onProgress("Waiting for the last run to end …");
    told ||= state === leaving;
    await delay(retryMs);
  }
}

function tryLock(name: string): Promise<InstanceLock | null> {
  return new Promise((resolve, reject) => {
    let state = "";
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end(state);
    });
    server.once("error", (error: unknown) => {
      if (errorCode(error) === "EADDRINUSE") resolve(null);
      else reject(error instanceof Error ? error : new Error(String(error)));
    });
    server.listen(name, () => {
      server.unref();
      resolve({ say: (next) => (state = next), release: () => void server.close() });
    });
  });
}

function ask(name: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(name);
    socket.setEncoding("utf8");
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("data", (part: string) => (answer += part));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
  });
}
