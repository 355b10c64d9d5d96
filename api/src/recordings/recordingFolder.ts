import type { EncodedFileOutput } from "livekit-server-sdk";
import type { RecordingFile } from "./recordingFile.ts";

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
  /** What Egress is told about where to write. Rejects where it is known already that nothing can be written there. */
  output(file: RecordingFile): Promise<EncodedFileOutput>;
  link(file: RecordingFile, wish: LinkWish): Promise<string>;
  /** Resolves when the files of that one recording are gone, or were none. */
  remove(files: readonly RecordingFile[]): Promise<void>;
}
