import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { TermFile } from "./encodeTermFile.ts";

/** 500 classes of 1,000 students take some 600. */
const maxHeapMegabytes = 1_536;

/**
 * The bytes of the file, made in a thread of its own: while it works, which for a large school is seconds, requests are
 * answered as ever. Rejects when the thread dies, as it does of a term that is larger than can be.
 */
export async function makeTermFile(
  file: TermFile,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new Worker(new URL("./termFileWorker.ts", import.meta.url), {
    name: "term file",
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
  });
  try {
    const [bytes] = (await once(worker, "message", { signal })) as [Uint8Array<ArrayBuffer>];
    return bytes;
  } finally {
    await worker.terminate();
  }
}
