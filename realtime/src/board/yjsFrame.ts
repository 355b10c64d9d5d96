import type { Result } from "@darasa/protocol";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** What a peer of y-websocket says or is told: the framing of y-protocols without a document's name. */
export type YjsFrame =
  | { readonly kind: "sync"; readonly step: SyncStep; readonly payload: Uint8Array }
  | { readonly kind: "awareness"; readonly payload: Uint8Array }
  | { readonly kind: "queryAwareness" };

/** `question` and `answer` are y-protocols' SyncStep1 and SyncStep2; the question carries a state vector. */
export type SyncStep = "question" | "answer" | "update";

const frameType = { sync: 0, awareness: 1, queryAwareness: 3 } as const;
const syncSteps: readonly SyncStep[] = ["question", "answer", "update"];

/** Reads one frame; payloads are views into it. Types that are not y-websocket's are `bad_frame`. */
export function decodeYjsFrame(frame: Uint8Array): Result<YjsFrame> {
  try {
    return decode(decoding.createDecoder(frame));
  } catch {
    return badFrame;
  }
}

const badFrame = { ok: false, error: "bad_frame" } as const;

function decode(decoder: decoding.Decoder): Result<YjsFrame> {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case frameType.sync: {
      const step = syncSteps[decoding.readVarUint(decoder)];
      if (step === undefined) return badFrame;
      return { ok: true, value: { kind: "sync", step, payload: readBytes(decoder) } };
    }
    case frameType.awareness:
      return { ok: true, value: { kind: "awareness", payload: readBytes(decoder) } };
    case frameType.queryAwareness:
      return { ok: true, value: { kind: "queryAwareness" } };
    default:
      return badFrame;
  }
}

/** @throws RangeError when fewer bytes are there than are announced */
function readBytes(decoder: decoding.Decoder): Uint8Array {
  return decoding.readVarUint8Array(decoder);
}

/** A sync frame around a state vector or an update. */
export function encodeSyncFrame(step: SyncStep, payload: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frameType.sync);
    encoding.writeVarUint(encoder, syncSteps.indexOf(step));
    encoding.writeVarUint8Array(encoder, payload);
  });
}

/** An awareness frame around y-protocols' encoding of states. */
export function encodeAwarenessFrame(payload: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frameType.awareness);
    encoding.writeVarUint8Array(encoder, payload);
  });
}
