import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { participantIdSchema, roomIdSchema } from "../schema/ids.ts";
import { createRoom } from "./createRoom.ts";
import { getRoom } from "./getRoom.ts";
import { listMembers } from "./listMembers.ts";
import { listRooms } from "./listRooms.ts";
import { memberRoleSchema, memberSchema, roomSchema } from "./room.ts";
import { setMember } from "./setMember.ts";

const params = z.object({ id: roomIdSchema });
const membersSchema = z.object({ members: z.array(memberSchema) }).openapi("Members");

/** Rooms and who belongs to them. */
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
    method: "get",
    path: "/api/rooms/{id}/members",
    access: "user",
    summary: "Who belongs to the room.",
    params,
    reply: membersSchema,
    handle: async (services, { caller, params: { id } }) => ({
      members: await listMembers(services, caller, id),
    }),
  }),
  route({
    method: "post",
    path: "/api/rooms/{id}/members",
    access: "user",
    summary: "Let an account into the room, or change its role there. Teachers of the room.",
    params,
    body: z.object({ userId: participantIdSchema, role: memberRoleSchema }).openapi("NewMember"),
    reply: membersSchema,
    handle: async (services, { caller, params: { id }, body }) => ({
      members: await setMember(services, caller, { roomId: id, ...body }),
    }),
  }),
];
