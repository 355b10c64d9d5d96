import type { Config } from "../config.ts";
import { makeDiskFolder } from "./diskFolder.ts";
import type { RecordingFolder } from "./recordingFolder.ts";
import { makeS3Folder } from "./s3Folder.ts";

/** What recordings may be kept in. */
export const storages = ["disk", "s3"] as const;
export type Storage = (typeof storages)[number];

/** The places that are set up. */
export interface RecordingFolders {
  /** Where new recordings go; null: nowhere. */
  readonly storage: Storage | null;
  /** Null where that is not set up any more. */
  of(storage: Storage): RecordingFolder | null;
}

/** Of both being set up, new ones go to S3, and those on disk can still be opened. */
export function makeRecordingFolders(config: Config, now: () => number): RecordingFolders {
  const s3 = makeS3Folder(config, now);
  const disk = makeDiskFolder(config, now);
  return {
    storage: s3 ? "s3" : disk ? "disk" : null,
    of: (storage) => (storage === "s3" ? s3 : disk),
  };
}
