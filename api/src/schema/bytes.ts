import { z } from "@hono/zod-openapi";

/** A file in an answer: its bytes at once, or as they are made. */
export const bytesSchema = z
  .custom<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>>()
  .openapi({ type: "string", format: "binary" });
