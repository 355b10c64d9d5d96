import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { EncodedFileOutput, EncodedFileType } from "livekit-server-sdk";
import type { Config } from "../config.ts";
import { signFileLink } from "./fileLink.ts";
import { recordingPath } from "./recordingFile.ts";
import type { RecordingFolder } from "./recordingFolder.ts";

/** Where the API gives out what lies on its disk. */
export const fileRoutePath = "/api/recording-files";

/** The folder that Egress writes to at the same path; null when none is named. Its links lead to the API itself. */
export function makeDiskFolder(config: Config, now: () => number): RecordingFolder | null {
  const folder = config.RECORDINGS_FOLDER;
  if (folder === undefined) return null;
  return {
    output: (file) =>
      new EncodedFileOutput({
        fileType: EncodedFileType.MP4,
        filepath: join(folder, recordingPath(file)),
        disableManifest: true,
      }),
    async link(file, { expiresInSeconds, ...wish }) {
      const expiresAtSeconds = Math.floor(now() / 1000) + expiresInSeconds;
      const token = await signFileLink(config, { ...file, ...wish }, expiresAtSeconds);
      return `${fileRoutePath}/${token}`;
    },
    async remove(files) {
      // With the folder goes what Egress left beside them and did not get to the end with.
      const folders = new Set(files.map((file) => dirname(join(folder, recordingPath(file)))));
      for (const path of folders) await rm(path, { force: true, recursive: true });
    },
  };
}
