import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { roomIdSchema } from "../schema/ids.ts";
import { boardSchema } from "./board.ts";
import { createBoard } from "./createBoard.ts";
import { listBoards } from "./listBoards.ts";

const params = z.object({ id: roomIdSchema });

/** The boards of a room; what is drawn on them travels at `/yjs`. */
export const boardRoutes = [
  route({
    method: "get",
    path: "/api/rooms/{id}/boards",
    access: "signedIn",
    summary: "The room's boards, oldest first.",
    params,
    reply: z.object({ boards: z.array(boardSchema) }).openapi("Boards"),
    handle: async (services, { caller, params: { id } }) => ({
      boards: await listBoards(services, caller, id),
    }),
  }),
  route({
    method: "post",
    path: "/api/rooms/{id}/boards",
    access: "user",
    summary: "A new board. Teachers of the room; in groups, every member.",
    params,
    body: z.object({ title: displayTextSchema(120) }).openapi("NewBoard"),
    reply: boardSchema,
    handle: (services, { caller, params: { id }, body }) =>
      createBoard(services, caller, { roomId: id, title: body.title }),
  }),
];
