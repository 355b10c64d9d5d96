import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { encodeAwarenessFrame } from "./yjsFrame.ts";

/** What y-protocols' awareness says of one client. */
export interface AwarenessEntry {
  readonly client: number;
  /** Grows with every change; of two sayings the greater holds. */
  readonly clock: number;
  /** The state as JSON; `null` as text when the client is gone. */
  readonly json: string;
}

/** Longer payloads tell of more clients than a board has. */
const maxPayloadBytes = 64 * 1024;

/** The entries of an awareness update, or null when it cannot be read. */
export function decodeAwareness(payload: Uint8Array): AwarenessEntry[] | null {
  if (payload.length > maxPayloadBytes) return null;
  try {
    const decoder = decoding.createDecoder(payload);
    const count = decoding.readVarUint(decoder);
    const entries: AwarenessEntry[] = [];
    while (entries.length < count) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      entries.push({ client, clock, json: decoding.readVarString(decoder) });
    }
    return entries;
  } catch {
    return null;
  }
}

/** The frame that tells these entries. */
export function encodeAwareness(entries: readonly AwarenessEntry[]): Uint8Array {
  const payload = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length);
    for (const { client, clock, json } of entries) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, json);
    }
  });
  return encodeAwarenessFrame(payload);
}

/** A frame that tells nothing: it only shows that the connection lives. */
export const keepAliveFrame: Uint8Array = encodeAwareness([]);
