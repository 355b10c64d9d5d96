import { z } from "@hono/zod-openapi";
import { limits } from "@darasa/protocol";
import { liveClassSchema } from "../liveClasses/liveClass.ts";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { liveClassIdSchema, participantIdSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";
import { admitGuests } from "./admitGuests.ts";
import { listWaiting } from "./listWaiting.ts";
import { makeGuestLink } from "./makeGuestLink.ts";
import { refuseGuests } from "./refuseGuests.ts";
import { renewCode } from "./renewCode.ts";
import { stopWaiting } from "./stopWaiting.ts";
import { waitingListSchema } from "./waitingList.ts";

const params = z.object({ id: liveClassIdSchema });
const maxHours = 7 * 24;
const participantIds = z.array(participantIdSchema).min(1).max(500);

/** What teachers of a class do about guests, and the one thing that a waiting guest does. */
export const waitingRoomRoutes = [
  route({
    method: "post",
    path: "/api/live-classes/{id}/guest-links",
    access: "user",
    summary: "A link for one guest: it needs no PIN. Teachers of the room.",
    params,
    body: z
      .object({
        name: displayTextSchema(limits.maxNameLength).optional(),
        expiresInHours: z.int().min(1).max(maxHours),
        skipWaitingRoom: z.boolean(),
      })
      .openapi("NewGuestLink"),
    reply: z.object({ url: z.string(), expiresAtMs: timeMsSchema }).openapi("GuestLink"),
    handle: (services, { caller, params: { id }, body, http }) =>
      makeGuestLink(services, caller, { liveClassId: id, ...body, from: http }),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/new-code",
    access: "user",
    summary:
      "Another code; the former one and all links open nothing any more. Teachers of the room.",
    params,
    reply: liveClassSchema,
    handle: (services, { caller, params: { id } }) => renewCode(services, caller, id),
  }),
  route({
    method: "get",
    path: "/api/live-classes/{id}/waiting",
    access: "user",
    summary: "The guests who wait to be let in, who came first first. Teachers of the room.",
    params,
    reply: waitingListSchema,
    handle: (services, { caller, params: { id } }) => listWaiting(services, caller, id),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/admit",
    access: "user",
    summary: "Let guests in who wait; the others stay as they are. Teachers of the room.",
    params,
    body: z
      .object({ participantIds: participantIds.or(z.literal("all")) })
      .openapi("GuestsToAdmit"),
    reply: waitingListSchema,
    handle: (services, { caller, params: { id }, body }) =>
      admitGuests(services, caller, { id, ...body }),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/refuse",
    access: "user",
    summary: "Turn guests away who wait; the others stay as they are. Teachers of the room.",
    params,
    body: z.object({ participantIds }).openapi("GuestsToRefuse"),
    reply: waitingListSchema,
    handle: (services, { caller, params: { id }, body }) =>
      refuseGuests(services, caller, { id, ...body }),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/stop-waiting",
    access: "signedIn",
    summary: "As a waiting guest, go away again: the name leaves the list and the sign-in ends.",
    params,
    handle: (services, { caller, params: { id } }) => stopWaiting(services, caller, id),
  }),
];
