import type { Context } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Picture } from "./picture.ts";

/** Even opened by itself, and whatever a browser takes it for, it runs nothing and loads nothing. */
const contentSecurityPolicy = "default-src 'none'; sandbox";

/** Sets the headers of a picture's answer and gives its bytes. */
export function showPicture(
  http: Context<ApiEnv>,
  { mediaType, body }: Picture,
  cacheControl: string,
): Uint8Array<ArrayBuffer> {
  const extension = mediaType === "image/png" ? "png" : "webp";
  http.header("Content-Type", mediaType);
  http.header("Content-Disposition", `inline; filename="picture.${extension}"`);
  http.header("Content-Security-Policy", contentSecurityPolicy);
  http.header("Cache-Control", cacheControl);
  return body;
}
