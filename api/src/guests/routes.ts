import { z } from "@hono/zod-openapi";
import { limits } from "@darasa/protocol";
import { signedInSchema } from "../accounts/user.ts";
import { liveClassSchema } from "../liveClasses/liveClass.ts";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { classCodeSchema } from "../schema/ids.ts";
import { setRefreshCookie } from "../signIns/refreshCookie.ts";
import { describeByCode } from "./describeByCode.ts";
import { describeByLink } from "./describeByLink.ts";
import { maxGuestLinkLength } from "./guestLink.ts";
import { invitationSchema } from "./invitation.ts";
import { joinAsGuest } from "./joinAsGuest.ts";
import { joinByLink } from "./joinByLink.ts";
import { pinSchema } from "./pin.ts";
import { waitingRoomRoutes } from "./waitingRoomRoutes.ts";

const params = z.object({ code: classCodeSchema });
const name = displayTextSchema(limits.maxNameLength);
const token = z.string().min(1).max(maxGuestLinkLength);

const guestSignedInSchema = signedInSchema
  .extend({
    liveClass: liveClassSchema,
    waiting: z.boolean().openapi({ description: "A teacher has to let the guest in first." }),
  })
  .openapi("GuestSignedIn");

/** Coming in without an account: by a class code, or by a link of one's own. */
export const guestRoutes = [
  route({
    method: "get",
    path: "/api/join/{code}",
    access: "anonymous",
    limit: "join",
    summary: "What the code opens, and what it asks of guests.",
    params,
    reply: invitationSchema,
    handle: (services, { params: { code } }) => describeByCode(services, code),
  }),
  route({
    method: "post",
    path: "/api/join/{code}",
    access: "anonymous",
    limit: "join",
    summary: "Sign in as a guest of the one class that the code opens; sets the refresh cookie.",
    params,
    body: z.object({ name, pin: pinSchema.optional() }).openapi("GuestName"),
    reply: guestSignedInSchema,
    handle: async (services, { params: { code }, body, http }) => {
      const address = http.get("clientAddress");
      const joined = await joinAsGuest(services, { code, ...body, address });
      setRefreshCookie(services, http, joined.refresh);
      return { ...joined.signedIn, liveClass: joined.liveClass, waiting: joined.waiting };
    },
  }),
  route({
    method: "post",
    path: "/api/join-link/describe",
    access: "anonymous",
    limit: "join",
    summary: "What a guest's link opens.",
    body: z.object({ token }).openapi("GuestLinkToken"),
    reply: invitationSchema
      .extend({ name: z.string().nullable().openapi({ description: "Whom the link is for." }) })
      .openapi("LinkInvitation"),
    handle: (services, { body }) => describeByLink(services, body.token),
  }),
  route({
    method: "post",
    path: "/api/join-link",
    access: "anonymous",
    limit: "join",
    summary: "Sign in as a guest of the one class that the link opens; sets the refresh cookie.",
    body: z.object({ token, name: name.optional() }).openapi("GuestLinkName"),
    reply: guestSignedInSchema,
    handle: async (services, { body, http }) => {
      const joined = await joinByLink(services, body);
      setRefreshCookie(services, http, joined.refresh);
      return { ...joined.signedIn, liveClass: joined.liveClass, waiting: joined.waiting };
    },
  }),
  ...waitingRoomRoutes,
];
