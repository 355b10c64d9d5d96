import { open, rename } from "node:fs/promises";

/** Replaces a file in one step: a reader, or a start after a power cut, sees the old text or the new. */
export async function writeWhole(path: string, text: string, mode = 0o644): Promise<void> {
  const half = `${path}.${process.pid}.half`;
  const file = await open(half, "w", mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(half, path);
}
