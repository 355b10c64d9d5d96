import { z } from "@hono/zod-openapi";
import { limits } from "@darasa/protocol";
import { messagePageSchema } from "../messages/chatMessage.ts";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { roomIdSchema } from "../schema/ids.ts";
import { queryInteger } from "../schema/queryInteger.ts";
import { listSafeguardedRooms } from "./listSafeguardedRooms.ts";
import { readSafeguardedMessages } from "./readSafeguardedMessages.ts";
import { safeguardedRoomSchema } from "./safeguardedRoom.ts";

const minReasonLength = 3;
const reason = displayTextSchema(200).refine((text) => Array.from(text).length >= minReasonLength);

/** Reading what was said when somebody may be in danger: never without a reason, never without a trace. */
export const safeguardingRoutes = [
  route({
    method: "get",
    path: "/api/safeguarding/rooms",
    access: "safeguarding.read",
    summary: "All rooms of the school, direct ones too, the liveliest first; at most 100.",
    query: z.object({
      query: z.string().max(120).optional().openapi({
        description: "Part of the room's name or of a member's.",
      }),
    }),
    reply: z.object({ rooms: z.array(safeguardedRoomSchema) }).openapi("SafeguardedRooms"),
    handle: async (services, { caller, query }) => ({
      rooms: await listSafeguardedRooms(services, caller, query.query ?? ""),
    }),
  }),
  route({
    method: "get",
    path: "/api/safeguarding/rooms/{id}/messages",
    access: "safeguarding.read",
    summary: "A page of a room's chat: the newest, or those before a seq. Every look is audited.",
    params: z.object({ id: roomIdSchema }),
    query: z.object({
      before: queryInteger(0, Number.MAX_SAFE_INTEGER).optional(),
      limit: queryInteger(1, limits.replayPageSize).optional(),
      reason: reason.openapi({ description: "Why it is read: it stands in the audit log." }),
    }),
    reply: messagePageSchema,
    handle: (services, { caller, params: { id }, query }) =>
      readSafeguardedMessages(services, caller, {
        roomId: id,
        ...query,
        limit: query.limit ?? limits.recentMessages,
      }),
  }),
];
