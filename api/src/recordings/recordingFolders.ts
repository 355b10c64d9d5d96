import type { EncodedFileOutput } from "livekit-server-sdk";
import type { Config } from "../config.ts";
import { makeDiskFolder } from "./diskFolder.ts";
import type { RecordingFile } from "./recordingFile.ts";
import { makeS3Folder } from "./s3Folder.ts";

/** What recordings may be kept in. */
export const storages = ["disk", "s3"] as const;
export type Storage = (typeof storages)[number];

/** An address that opens a file for a while. */
export interface LinkWish {
  /** What the file is called when it is kept. */
  readonly name: string;
  /** Whether it is shown in the page, or kept. */
  readonly as: "inline" | "attachment";
  readonly expiresInSeconds: number;
}

/** One place where recordings lie. */
export interface RecordingFolder {
  /** What Egress is told about where to write. */
  output(file: RecordingFile): EncodedFileOutput;
  link(file: RecordingFile, wish: LinkWish): Promise<string>;
  /** Resolves when the files of that one recording are gone, or were none. */
  remove(files: readonly RecordingFile[]): Promise<void>;
}

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
