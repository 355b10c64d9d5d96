import { z } from "@hono/zod-openapi";
import { encodeTable } from "../csv/encodeTable.ts";
import { encodeXlsx } from "../csv/encodeXlsx.ts";
import type { LiveClassId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import { route } from "../routing/route.ts";
import type { Services } from "../services.ts";
import { bytesSchema } from "../schema/bytes.ts";
import { liveClassIdSchema, participantIdSchema } from "../schema/ids.ts";
import { classTable } from "./classTable.ts";
import { correctAttendance } from "./correctAttendance.ts";
import { correctionInputSchema } from "./correction.ts";
import { getRegister, readRegister } from "./getRegister.ts";
import { loadTableLanguage } from "./loadTableLanguage.ts";
import { attendeeSchema, registerSchema } from "./register.ts";
import { tableWords } from "./tableWords.ts";
import { timeZoneSchema } from "./timeZone.ts";

const params = z.object({ id: liveClassIdSchema });
const query = z.object({ timeZone: timeZoneSchema.default("UTC") });

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
    method: "patch",
    path: "/api/live-classes/{id}/attendance/{participantId}",
    access: "user",
    summary:
      "Correct somebody's verdict with a reason, in a class that has begun. Teachers of the room.",
    params: z.object({ id: liveClassIdSchema, participantId: participantIdSchema }),
    body: correctionInputSchema,
    reply: attendeeSchema,
    handle: (services, { caller, params: at, body }) =>
      correctAttendance(services, caller, { ...at, ...body }),
  }),
  route({
    method: "get",
    path: "/api/live-classes/{id}/attendance.csv",
    access: "user",
    summary: "The register as a table (RFC 4180). Teachers of the room.",
    params,
    query,
    reply: z.string(),
    replyType: "text/csv",
    handle: async (services, { caller, params: { id }, query: { timeZone }, http }) => {
      const { register, words } = await readForTable(services, caller, id);
      http.header("Content-Disposition", `attachment; filename="${words.classFile}.csv"`);
      return encodeTable(classTable(register, words), timeZone);
    },
  }),
  route({
    method: "get",
    path: "/api/live-classes/{id}/attendance.xlsx",
    access: "user",
    summary: "The register as a workbook. Teachers of the room.",
    params,
    query,
    reply: bytesSchema,
    replyType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    handle: async (services, { caller, params: { id }, query: { timeZone }, http }) => {
      const { register, words } = await readForTable(services, caller, id);
      http.header("Content-Disposition", `attachment; filename="${words.classFile}.xlsx"`);
      return encodeXlsx([classTable(register, words)], timeZone);
    },
  }),
];

/** The register, and the words of whoever asks for it. @throws DarasaError not_found, forbidden */
function readForTable(services: Services, caller: UserCaller, id: LiveClassId) {
  return services.database.inSchool(caller.schoolId, async (tx) => ({
    register: await readRegister(tx, caller, id),
    words: tableWords[await loadTableLanguage(tx, caller)],
  }));
}
