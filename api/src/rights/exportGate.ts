import { DarasaError } from "@darasa/protocol";
import { BoundedMap } from "../boundedMap.ts";

/** Longer than any export takes: one whose reader went away without a word blocks no other for ever. */
const forgottenAfterMs = 5 * 60_000;
const retryAfterSeconds = 10;
const maxRunning = 1_000;

/** Lets one export of a person run at a time. */
export interface ExportGate {
  /** Gives what ends it. @throws DarasaError rate_limited while another runs */
  enter(participantId: string): () => void;
}

/** A gate for this process. */
export function makeExportGate(now: () => number): ExportGate {
  const running = new BoundedMap<string, number>(maxRunning);
  return {
    enter(participantId) {
      const startedAtMs = running.get(participantId);
      const nowMs = now();
      if (startedAtMs !== undefined && nowMs - startedAtMs < forgottenAfterMs) {
        throw new DarasaError("rate_limited", { details: { retryAfterSeconds } });
      }
      running.set(participantId, nowMs);
      return () => running.delete(participantId);
    },
  };
}
