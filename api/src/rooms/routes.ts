import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { participantIdSchema, roomIdSchema } from "../schema/ids.ts";
import { archiveRoom } from "./archiveRoom.ts";
import { changeRoom } from "./changeRoom.ts";
import { createRoom } from "./createRoom.ts";
import { getRoom } from "./getRoom.ts";
import { listRooms } from "./listRooms.ts";
import { memberRoutes } from "./memberRoutes.ts";
import { openDirectRoom } from "./openDirectRoom.ts";
import { roomSchema } from "./room.ts";

const params = z.object({ id: roomIdSchema });

/** Rooms, who belongs to them, and the rooms of two. */
export const roomRoutes = [
  route({
    method: "get",
    path: "/api/rooms",
    access: "user",
    summary: "The caller's rooms; for those who run the school, every class and group.",
    reply: z.object({ rooms: z.array(roomSchema) }).openapi("Rooms"),
    handle: async (services, { caller }) => ({ rooms: await listRooms(services, caller) }),
  }),
  route({
    method: "post",
    path: "/api/rooms",
    access: "rooms.create",
    summary: "A new room, with the caller as its teacher.",
    body: z
      .object({ kind: z.enum(["class", "group"]), name: displayTextSchema(120) })
      .openapi("NewRoom"),
    reply: roomSchema,
    handle: (services, { caller, body }) => createRoom(services, caller, body),
  }),
  route({
    method: "get",
    path: "/api/rooms/{id}",
    access: "user",
    summary: "One room.",
    params,
    reply: roomSchema,
    handle: (services, { caller, params: { id } }) => getRoom(services, caller, id),
  }),
  route({
    method: "patch",
    path: "/api/rooms/{id}",
    access: "user",
    summary: "Rename the room. Teachers of it.",
    params,
    body: z.object({ name: displayTextSchema(120).optional() }).openapi("RoomChange"),
    reply: roomSchema,
    handle: (services, { caller, params: { id }, body }) =>
      changeRoom(services, caller, { id, ...body }),
  }),
  route({
    method: "delete",
    path: "/api/rooms/{id}",
    access: "user",
    summary:
      "Archive the room: it is shown nowhere, and what was said in it stays. Teachers of it.",
    params,
    handle: (services, { caller, params: { id } }) => archiveRoom(services, caller, id),
  }),
  ...memberRoutes,
  route({
    method: "post",
    path: "/api/direct-rooms",
    access: "user",
    summary: "The one room of the caller and another account, made when it is missing.",
    body: z.object({ userId: participantIdSchema }).openapi("NewDirectRoom"),
    reply: roomSchema,
    handle: (services, { caller, body }) => openDirectRoom(services, caller, body.userId),
  }),
];
