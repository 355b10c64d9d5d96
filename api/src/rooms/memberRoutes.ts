import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { participantIdSchema, roomIdSchema } from "../schema/ids.ts";
import { timeMsInputSchema } from "../schema/timeMs.ts";
import { listMembers } from "./listMembers.ts";
import { removeMember } from "./removeMember.ts";
import { memberRoleSchema, memberSchema } from "./room.ts";
import { setMember } from "./setMember.ts";

const params = z.object({ id: roomIdSchema });
const memberParams = z.object({ id: roomIdSchema, userId: participantIdSchema });
const membersSchema = z.object({ members: z.array(memberSchema) }).openapi("Members");
const until = timeMsInputSchema
  .nullable()
  .optional()
  .openapi({ description: "Epoch ms: a substitute, who is out of the room from then on." });

/** Who belongs to a room. */
export const memberRoutes = [
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
    summary: "Let an account into the room, or change its place there. Teachers of the room.",
    params,
    body: z
      .object({ userId: participantIdSchema, role: memberRoleSchema, untilMs: until })
      .openapi("NewMember"),
    reply: membersSchema,
    handle: async (services, { caller, params: { id }, body }) => ({
      members: await setMember(services, caller, { roomId: id, isNew: true, ...body }),
    }),
  }),
  route({
    method: "patch",
    path: "/api/rooms/{id}/members/{userId}",
    access: "user",
    summary: "Change a member's place in the room. Teachers of the room.",
    params: memberParams,
    body: z.object({ role: memberRoleSchema, untilMs: until }).openapi("MemberChange"),
    reply: membersSchema,
    handle: async (services, { caller, params: { id, userId }, body }) => ({
      members: await setMember(services, caller, { roomId: id, userId, isNew: false, ...body }),
    }),
  }),
  route({
    method: "delete",
    path: "/api/rooms/{id}/members/{userId}",
    access: "user",
    summary: "Take a member out of the room, or leave a group.",
    params: memberParams,
    handle: (services, { caller, params: { id, userId } }) =>
      removeMember(services, caller, { roomId: id, userId }),
  }),
];
