import { z } from "@hono/zod-openapi";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

/** A board of a room; its content is the Yjs document of the same id. */
export const boardSchema = z
  .object({ id: idSchema, title: z.string(), createdAtMs: timeMsSchema })
  .openapi("Board");

export type Board = z.infer<typeof boardSchema>;
