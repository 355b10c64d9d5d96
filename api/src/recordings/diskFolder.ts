import { chmod, mkdir, rm, stat } from "node:fs/promises";
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
    async output(file) {
      const filepath = join(folder, recordingPath(file));
      await makeRoom(folder, dirname(filepath));
      return new EncodedFileOutput({
        fileType: EncodedFileType.MP4,
        filepath,
        disableManifest: true,
      });
    },
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

/**
 * Egress is mostly another user: in folders of its making we could remove nothing. So they are ours, and whoever may
 * write into the folder of all may write into them. Rejects where that one is not there, or takes nothing.
 */
async function makeRoom(folder: string, path: string): Promise<void> {
  const { mode } = await stat(folder);
  await mkdir(path, { recursive: true });
  for (const made of [dirname(path), path]) {
    const found = await stat(made);
    const wanted = (found.mode | mode) & 0o777;
    if ((found.mode & 0o777) === wanted || found.uid !== process.getuid?.()) continue;
    // What sets the group of what is made in it stays.
    await chmod(made, (found.mode & 0o7000) | wanted);
  }
}
