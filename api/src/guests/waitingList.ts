import { z } from "@hono/zod-openapi";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

/** The guests in front of the door, who came first first. */
export const waitingListSchema = z
  .object({
    people: z.array(
      z.object({ participantId: idSchema, name: z.string(), askedAtMs: timeMsSchema }),
    ),
    pinGuessed: z.boolean().openapi({
      description:
        "So many wrong PINs were tried that the right one does not let anybody in by itself.",
    }),
  })
  .openapi("WaitingList");

export type WaitingList = z.infer<typeof waitingListSchema>;
