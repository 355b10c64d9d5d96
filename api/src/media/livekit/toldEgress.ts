import * as z from "zod";

/** Protobuf's JSON has int64 as strings, and leaves out what is zero. */
const wholeNumber = z.coerce.number().min(0).default(0);

/**
 * What we read of an Egress (`livekit/protocol livekit_egress.proto#EgressInfo`). Nothing else of it is kept: what was
 * asked of it, keys of the storage among that, stands in it too.
 */
const egressSchema = z.object({
  egressId: z.string().min(1).max(200),
  roomName: z.string(),
  status: z.string().default("EGRESS_STARTING"),
  fileResults: z
    .array(
      z.object({
        filename: z.string().default(""),
        /** Epoch ns. */
        startedAt: wholeNumber,
        /** In ns. */
        duration: wholeNumber,
        size: wholeNumber,
      }),
    )
    .default([]),
});

/** What LiveKit told of one file that it writes. */
export interface ToldEgress {
  readonly egressId: string;
  readonly roomName: string;
  readonly state: "starting" | "active" | "stored" | "failed";
  /** As it was asked for; null before it has begun. */
  readonly filename: string | null;
  readonly beganAtMs: number | null;
  /** Null until it is stored. */
  readonly durationMs: number | null;
  readonly bytes: number | null;
}

/** What this JSON tells of an Egress; null when it does not. */
export function toldOfEgress(json: unknown): ToldEgress | null {
  const parsed = egressSchema.safeParse(json);
  if (!parsed.success) return null;
  const { egressId, roomName, status, fileResults } = parsed.data;
  const state = stateOf(status);
  const [file] = fileResults;
  const isStored = state === "stored" && file !== undefined;
  return {
    egressId,
    roomName,
    state,
    filename: file?.filename ?? null,
    beganAtMs: file && file.startedAt > 0 ? Math.floor(file.startedAt / 1e6) : null,
    durationMs: isStored ? Math.round(file.duration / 1e6) : null,
    bytes: isStored ? file.size : null,
  };
}

function stateOf(status: string): ToldEgress["state"] {
  switch (status) {
    case "EGRESS_STARTING":
      return "starting";
    case "EGRESS_ACTIVE":
    case "EGRESS_ENDING":
      return "active";
    case "EGRESS_COMPLETE":
    case "EGRESS_LIMIT_REACHED":
      return "stored";
    default:
      return "failed";
  }
}
