import { z } from "@hono/zod-openapi";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

/** A chat line as it is stored: the same shape as the gateway's. */
export const chatMessageSchema = z
  .object({
    seq: z.int(),
    messageId: idSchema,
    clientId: z.string(),
    senderId: idSchema,
    senderName: z.string(),
    body: z.string(),
    sentAtMs: timeMsSchema,
    erased: z.literal(true).optional().openapi({
      description: "Only its place is left: body, sender's name and client id are empty.",
    }),
  })
  .openapi("ChatMessage");

/** One page of messages in ascending order of `seq`. */
export const messagePageSchema = z
  .object({
    messages: z.array(chatMessageSchema),
    more: z.boolean().openapi({ description: "More lie in the direction that was asked for." }),
  })
  .openapi("MessagePage");

export type MessagePage = z.infer<typeof messagePageSchema>;
