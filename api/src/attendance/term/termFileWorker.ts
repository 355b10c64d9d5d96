import { parentPort, workerData } from "node:worker_threads";
import { encodeTermFile, type TermFile } from "./encodeTermFile.ts";

const bytes = await encodeTermFile(workerData as TermFile);
parentPort?.postMessage(bytes, [bytes.buffer]);
