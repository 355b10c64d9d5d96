import { Worker } from "node:worker_threads";
import type { Log } from "../log.ts";
import type {
  ConnectionNumber,
  DocumentLimits,
  FromWorker,
  ToWorker,
  WorkerStart,
} from "./workerMessages.ts";

interface WorkerHostOptions {
  readonly limits: DocumentLimits;
  readonly onMessage: (message: FromWorker) => void;
  /** All of its documents are lost; `blamed` is the connection that it was busy with, if any. */
  readonly onDied: (blamed: ConnectionNumber | null) => void;
  readonly log: Log;
  /** Asked after this long; taken for hanging when it has not answered the next time. */
  readonly watchIntervalMs: number;
  /** Somebody has something in the worker, or waits for its answer. */
  readonly isNeeded: () => boolean;
  /** A worker that nobody needed for so long ends. */
  readonly restMs: number;
}

/** A worker's heap: a board takes some MB; one that was made to explode takes nobody else with it. */
const maxHeapMegabytes = 1_024;

/** Keeps one worker thread while it is needed: it is started then, and again after it died or hung. */
export class WorkerHost {
  readonly #options: WorkerHostOptions;
  #worker: Worker | null = null;
  #blamed = new Int32Array(new SharedArrayBuffer(4));
  #watch: NodeJS.Timeout | null = null;
  #isAnswering = true;
  #neededAtBeat = 0;
  #beats = 0;
  #restarts = 0;

  constructor(options: WorkerHostOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#worker !== null;
  }

  /** How often the worker had to be given up. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Tells the worker; `handedOver` are not ours any more. */
  post(message: ToWorker, handedOver: readonly ArrayBuffer[] = []): void {
    this.#worker ??= this.#start();
    this.#neededAtBeat = this.#beats;
    this.#worker.postMessage(message, handedOver);
  }

  /** Ends the worker, whatever it is doing. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#forget();
    await worker?.terminate();
  }

  #start(): Worker {
    this.#blamed = new Int32Array(new SharedArrayBuffer(4));
    const start: WorkerStart = { blamed: this.#blamed.buffer, limits: this.#options.limits };
    const worker = new Worker(new URL("./worker/boardWorker.ts", import.meta.url), {
      name: "boards",
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
      stdout: true,
      stderr: true,
    });
    worker.on("message", (message: FromWorker) => {
      if (worker !== this.#worker) return;
      // Starting takes as long as it takes; what it says first begins the watch.
      if (this.#watch === null) this.#watchOver(worker);
      this.#isAnswering = true;
      try {
        this.#options.onMessage(message);
      } catch (error) {
        this.#options.log("error", "what a board worker said failed", {
          kind: message.kind,
          error,
        });
      }
    });
    worker.on("error", (error) => this.#gone(worker, error));
    worker.on("exit", () => this.#gone(worker, null));
    this.#listen(worker);
    return worker;
  }

  /** Hocuspocus and y-protocols complain on the console. */
  #listen(worker: Worker): void {
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) =>
        this.#options.log("warn", "a board worker complains", { text: text.slice(0, 2_000) }),
      );
    }
  }

  #watchOver(worker: Worker): void {
    this.#isAnswering = true;
    this.#watch = setInterval(() => {
      if (!this.#isAnswering) {
        this.#gone(worker, new Error("the board worker does not answer"));
        return;
      }
      if (this.#hasRested()) {
        void this.stop();
        return;
      }
      this.#isAnswering = false;
      worker.postMessage({ kind: "ping" } satisfies ToWorker);
    }, this.#options.watchIntervalMs);
    this.#watch.unref();
  }

  #hasRested(): boolean {
    const { isNeeded, restMs, watchIntervalMs } = this.#options;
    this.#beats += 1;
    if (isNeeded()) this.#neededAtBeat = this.#beats;
    return (this.#beats - this.#neededAtBeat) * watchIntervalMs >= restMs;
  }

  #gone(worker: Worker, error: unknown): void {
    if (worker !== this.#worker) return;
    const blamed = Atomics.load(this.#blamed, 0);
    this.#forget();
    this.#restarts += 1;
    this.#options.log("error", "a board worker died", { error });
    void worker.terminate();
    this.#options.onDied(blamed === 0 ? null : blamed);
  }

  #forget(): void {
    this.#worker = null;
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
  }
}
