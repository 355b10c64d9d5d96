import { DarasaError } from "@darasa/protocol";
import type { Context } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";
import { encodings, type ClientFile, type ClientFiles } from "./clientFiles.ts";

/** Paths that belong to programs: a page in their place would be a riddle. */
const isForPrograms = /^\/(api|ws|yjs|\.well-known)(\/|$)/;

/** Names of files; the client's own addresses have no dot in their last part. */
const isFileName = /\.[^/]*$/;

const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Darasa</title>
<h1>The client is not built</h1>
<p>The server runs, but the pages that belong to it are missing. Build them with
<code>npm run build -w client</code> and load this page again.</p></html>
`;

/**
 * Serves the client: its files, and its one page at every other address, where the client's own router
 * takes over. Files with a hash in their name are kept for a year; the page is asked for anew each time.
 * @throws DarasaError not_found for missing files and for paths that belong to programs
 */
export function serveClient(files: ClientFiles): (http: Context<ApiEnv>) => Promise<Response> {
  return async (http) => {
    const path = decodePath(http.req.path);
    if (isForPrograms.test(path)) throw new DarasaError("not_found");
    http.set("routePath", "client");
    const file = path === "/" ? null : await files.find(path);
    if (file) return send(http, file);
    if (isFileName.test(path)) throw new DarasaError("not_found");
    const page = await files.find("/index.html");
    return page ? send(http, page) : http.html(notBuilt, 503, { "Cache-Control": "no-store" });
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new DarasaError("not_found");
  }
}

async function send(http: Context<ApiEnv>, file: ClientFile): Promise<Response> {
  http.header("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  http.header("ETag", file.etag);
  http.header("Vary", "Accept-Encoding");
  if (http.req.header("if-none-match")?.replace(/^W\//, "") === file.etag) {
    return http.body(null, 304);
  }
  const { bytes, encoding } = await file.body(acceptedEncodings(http));
  http.header("Content-Type", file.contentType);
  http.header("Content-Length", String(bytes.byteLength));
  if (encoding) http.header("Content-Encoding", encoding);
  return http.body(bytes as Uint8Array<ArrayBuffer>);
}

/** Those named without `q=0` (RFC 9110 §12.5.3). */
function acceptedEncodings(http: Context<ApiEnv>) {
  const accepted = (http.req.header("accept-encoding") ?? "")
    .split(",")
    .filter((item) => !/;\s*q=0(\.0*)?\s*$/.test(item))
    .map((item) => item.split(";")[0]?.trim().toLowerCase());
  return encodings.filter((encoding) => accepted.includes(encoding));
}
