import { z } from "@hono/zod-openapi";
import { roomKindSchema } from "../rooms/room.ts";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

/** A room as those see it who look after the children's safety: who talks there, and whether they do. */
export const safeguardedRoomSchema = z
  .object({
    id: idSchema,
    kind: roomKindSchema,
    name: z.string(),
    members: z.array(z.string()).openapi({ description: "Names, at most 50; teachers first." }),
    memberCount: z.int(),
    lastSeq: z.int(),
    lastSentAtMs: timeMsSchema.nullable(),
    archived: z.boolean(),
  })
  .openapi("SafeguardedRoom");

export type SafeguardedRoom = z.infer<typeof safeguardedRoomSchema>;
