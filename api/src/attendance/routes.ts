import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { liveClassIdSchema } from "../schema/ids.ts";
import { encodeAttendanceCsv } from "./encodeAttendanceCsv.ts";
import { getRegister } from "./getRegister.ts";
import { registerSchema } from "./register.ts";
import { timeZoneSchema } from "./timeZone.ts";

const params = z.object({ id: liveClassIdSchema });

/** Who was there, and how long. */
export const attendanceRoutes = [
  route({
    method: "get",
    path: "/api/live-classes/{id}/attendance",
    access: "user",
    summary: "The register. Teachers of the room.",
    params,
    reply: registerSchema,
    handle: (services, { caller, params: { id } }) => getRegister(services, caller, id),
  }),
  route({
    method: "get",
    path: "/api/live-classes/{id}/attendance.csv",
    access: "user",
    summary: "The register as a table (RFC 4180). Teachers of the room.",
    params,
    query: z.object({ timeZone: timeZoneSchema.default("UTC") }),
    reply: z.string(),
    replyType: "text/csv",
    handle: async (services, { caller, params: { id }, query, http }) => {
      const register = await getRegister(services, caller, id);
      http.header("Content-Disposition", 'attachment; filename="attendance.csv"');
      return encodeAttendanceCsv(register, query.timeZone);
    },
  }),
];
