import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "./errorCode.ts";
import { PlainError } from "./plainError.ts";

/**
 * Makes the folder of everything that is kept, closed to everybody else.
 * @throws PlainError when it cannot be written.
 */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(join(folder, "logs"), { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const probe = join(folder, `.probe-${process.pid}`);
    await writeFile(probe, "");
    await rm(probe);
  } catch (error) {
    throw new PlainError(
      `Darasa keeps its data in ${folder}, and cannot write there (${errorCode(error) ?? String(error)}).\n` +
        "Make that folder yours, or name another one: DARASA_DATA_DIR=/some/folder npm start",
      { cause: error },
    );
  }
}
