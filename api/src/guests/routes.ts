import { z } from "@hono/zod-openapi";
import { limits } from "@darasa/protocol";
import { setRefreshCookie } from "../accounts/refreshCookie.ts";
import { signedInSchema } from "../accounts/user.ts";
import { liveClassSchema } from "../liveClasses/liveClass.ts";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { classCodeSchema, idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";
import { describeByCode } from "./describeByCode.ts";
import { joinAsGuest } from "./joinAsGuest.ts";

const params = z.object({ code: classCodeSchema });

/** Coming in by a class code, without an account. */
export const guestRoutes = [
  route({
    method: "get",
    path: "/api/join/{code}",
    access: "anonymous",
    summary: "What the code opens.",
    params,
    reply: z
      .object({
        liveClassId: idSchema,
        title: z.string(),
        schoolName: z.string(),
        roomName: z.string(),
        status: z.enum(["scheduled", "live"]),
        startsAtMs: timeMsSchema,
        teachers: z.array(z.string()),
      })
      .openapi("Invitation"),
    handle: (services, { params: { code }, http }) =>
      describeByCode(services, code, http.get("clientAddress")),
  }),
  route({
    method: "post",
    path: "/api/join/{code}",
    access: "anonymous",
    summary: "Sign in as a guest of the one class that the code opens; sets the refresh cookie.",
    params,
    body: z.object({ name: displayTextSchema(limits.maxNameLength) }).openapi("GuestName"),
    reply: signedInSchema.extend({ liveClass: liveClassSchema }).openapi("GuestSignedIn"),
    handle: async (services, { params: { code }, body, http }) => {
      const joined = await joinAsGuest(services, {
        code,
        name: body.name,
        address: http.get("clientAddress"),
      });
      setRefreshCookie(services, http, joined.refresh);
      return { ...joined.signedIn, liveClass: joined.liveClass };
    },
  }),
];
