import { z } from "@hono/zod-openapi";
import { limits } from "@darasa/protocol";
import { route } from "../routing/route.ts";
import { roomIdSchema } from "../schema/ids.ts";
import { queryInteger } from "../schema/queryInteger.ts";
import { messagePageSchema } from "./chatMessage.ts";
import { listMessages } from "./listMessages.ts";

const seq = queryInteger(0, Number.MAX_SAFE_INTEGER);

/** Reading what was written; writing goes through the gateway. */
export const messageRoutes = [
  route({
    method: "get",
    path: "/api/rooms/{id}/messages",
    access: "signedIn",
    summary: "A page of the chat: the newest, those before a seq, or those after one.",
    params: z.object({ id: roomIdSchema }),
    query: z
      .object({
        before: seq.optional(),
        after: seq.optional(),
        limit: queryInteger(1, limits.replayPageSize).optional(),
      })
      .refine(({ before, after }) => before === undefined || after === undefined, {
        message: "before and after exclude each other",
      }),
    reply: messagePageSchema,
    handle: (services, { caller, params, query }) =>
      listMessages(services, caller, {
        roomId: params.id,
        ...query,
        limit: query.limit ?? limits.recentMessages,
      }),
  }),
];
