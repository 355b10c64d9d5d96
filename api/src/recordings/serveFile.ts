import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { DarasaError } from "@darasa/protocol";
import type { Context } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { attachmentHeader } from "./attachmentHeader.ts";
import { verifyFileLink } from "./fileLink.ts";
import { readRange } from "./readRange.ts";
import { recordingPath } from "./recordingFile.ts";

/**
 * The file that a link opens, or the part of it that is asked for, so that a player can go where it wants.
 * @throws DarasaError link_invalid for a token that is none of ours or too old, not_found when the file is gone
 */
export async function serveFile(
  services: Services,
  http: Context<ApiEnv>,
  token: string,
): Promise<Uint8Array<ArrayBuffer> | ReadableStream> {
  const { config, now } = services;
  const claims = await verifyFileLink(config, token, now());
  if (!claims) throw new DarasaError("link_invalid");
  const folder = config.RECORDINGS_FOLDER;
  if (folder === undefined) throw new DarasaError("not_found");
  const file = await openFile(join(folder, recordingPath(claims)));
  try {
    const { size } = await file.stat();
    http.header("Content-Type", "video/mp4");
    http.header("Content-Disposition", attachmentHeader(claims.as, claims.name));
    http.header("Accept-Ranges", "bytes");
    http.header("Cache-Control", "private, no-store");
    // Whatever lies there runs nothing.
    http.header("Content-Security-Policy", "default-src 'none'; media-src 'self'; sandbox");
    return await send(http, file, size);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function send(
  http: Context<ApiEnv>,
  file: FileHandle,
  size: number,
): Promise<Uint8Array<ArrayBuffer> | ReadableStream> {
  const range = readRange(http.req.header("range"), size);
  if (range === "outside") {
    await file.close();
    http.header("Content-Range", `bytes */${String(size)}`);
    http.status(416);
    return new Uint8Array();
  }
  const { start, end } = range === "whole" ? { start: 0, end: size - 1 } : range;
  if (range !== "whole") {
    http.header("Content-Range", `bytes ${String(start)}-${String(end)}/${String(size)}`);
    http.status(206);
  }
  http.header("Content-Length", String(end - start + 1));
  if (http.req.method === "HEAD" || size === 0) {
    await file.close();
    return new Uint8Array();
  }
  return Readable.toWeb(file.createReadStream({ start, end })) as ReadableStream;
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    throw new DarasaError("not_found", { cause: error });
  }
}
