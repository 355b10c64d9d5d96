import * as z from "zod";

/** Protobuf's JSON has int64 as strings, and leaves out what is zero. */
const wholeNumber = z.coerce.number().min(0).default(0);
/** Enough to find out by, and not a whole page that a storage answered with. */
const maxWordsLength = 500;
const words = z.string().default("");

/**
 * What we read of an Egress (`livekit/protocol livekit_egress.proto#EgressInfo`). Nothing else of it is kept: what was
 * asked of it, keys of the storage among that, stands in it too.
 */
const egressSchema = z.object({
  egressId: z.string().min(1).max(200),
  roomName: z.string(),
  status: z.string().default("EGRESS_STARTING"),
  error: words,
  details: words,
  /** The storage that we named refused it, and it lies where Egress was told to put such files. */
  backupStorageUsed: z.boolean().default(false),
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
  readonly state: FileState;
  /** As it was asked for; null before it has begun. */
  readonly filename: string | null;
  readonly beganAtMs: number | null;
  /** Null until it is stored. */
  readonly durationMs: number | null;
  readonly bytes: number | null;
  /** Its own, at most 500 characters, for the operator: how it ended when that was not at our word; else null. */
  readonly words: string | null;
}

/** `empty`: it ended before it began; `lost`: what it recorded could not be saved, or not where it was asked to. */
export type FileState = "starting" | "active" | "stored" | "empty" | "lost";

type Parsed = z.infer<typeof egressSchema>;

/** What this JSON tells of an Egress; null when it does not. */
export function toldOfEgress(json: unknown): ToldEgress | null {
  const parsed = egressSchema.safeParse(json);
  if (!parsed.success) return null;
  const { egressId, roomName, fileResults } = parsed.data;
  const state = stateOf(parsed.data);
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
    words: wordsOf(parsed.data),
  };
}

const goingOn: Readonly<Record<string, FileState>> = {
  EGRESS_STARTING: "starting",
  EGRESS_ACTIVE: "active",
  EGRESS_ENDING: "active",
};

function stateOf({ status, fileResults, backupStorageUsed }: Parsed): FileState {
  const [file] = fileResults;
  switch (status) {
    case "EGRESS_COMPLETE":
    case "EGRESS_LIMIT_REACHED":
      return file === undefined || backupStorageUsed ? "lost" : "stored";
    case "EGRESS_ABORTED":
      return file !== undefined && file.duration > 0 ? "lost" : "empty";
    default:
      return goingOn[status] ?? "lost";
  }
}

/** `livekit/protocol livekit#EgressInfo.SetFailed`, `SetAborted`, `SetLimitReached`: why is in the error, who ended it in the details. */
function wordsOf({ status, error, details, backupStorageUsed }: Parsed): string | null {
  const isPlain = status === "EGRESS_COMPLETE" ? !backupStorageUsed : status in goingOn;
  if (isPlain && error === "") return null;
  const place = backupStorageUsed ? "put into the backup storage of Egress" : "";
  const told = [status, error, details, place].filter((text) => text !== "").join(": ");
  return told.slice(0, maxWordsLength);
}
