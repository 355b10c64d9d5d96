import { z } from "@hono/zod-openapi";
import { route } from "../../routing/route.ts";
import { bytesSchema } from "../../schema/bytes.ts";
import { participantIdSchema, roomIdSchema } from "../../schema/ids.ts";
import { timeMsQuerySchema } from "../../schema/timeMs.ts";
import { timeZoneSchema } from "../timeZone.ts";
import { exportTerm } from "./exportTerm.ts";
import { getRoomRegister } from "./getRoomRegister.ts";
import { getStudentRegister } from "./getStudentRegister.ts";
import { roomRegisterSchema, studentRegisterSchema } from "./roomRegister.ts";

const params = z.object({ id: roomIdSchema });
const stretch = { from: timeMsQuerySchema, to: timeMsQuerySchema };
const query = z.object(stretch);
const tableQuery = z.object({ ...stretch, timeZone: timeZoneSchema.default("UTC") });

/** Registers of a room over a stretch of time, such as a term: of classes that began in it and are over. */
export const termRegisterRoutes = [
  route({
    method: "get",
    path: "/api/rooms/{id}/attendance",
    access: "user",
    summary: "The register of a term, at most 500 classes. Teachers of the room.",
    params,
    query,
    reply: roomRegisterSchema,
    handle: (services, { caller, params: { id: roomId }, query: { from, to }, http }) =>
      getRoomRegister(services, caller, {
        roomId,
        fromMs: from,
        toMs: to,
        signal: http.req.raw.signal,
      }),
  }),
  route({
    method: "get",
    path: "/api/rooms/{id}/attendance.csv",
    access: "user",
    summary: "The same, a line for each student and class (RFC 4180). Teachers of the room.",
    params,
    query: tableQuery,
    reply: z.string(),
    replyType: "text/csv",
    limit: "export",
    handle: async (services, { caller, params: { id: roomId }, query: at, http }) => {
      const bytes = await exportTerm(services, caller, { roomId, kind: "csv", ...at, http });
      return Buffer.from(bytes.buffer).toString();
    },
  }),
  route({
    method: "get",
    path: "/api/rooms/{id}/attendance.xlsx",
    access: "user",
    summary: "The same as a workbook: verdicts, minutes, corrections. Teachers of the room.",
    params,
    query: tableQuery,
    reply: bytesSchema,
    replyType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    limit: "export",
    handle: (services, { caller, params: { id: roomId }, query: at, http }) =>
      exportTerm(services, caller, { roomId, kind: "xlsx", ...at, http }),
  }),
  route({
    method: "get",
    path: "/api/rooms/{id}/attendance/{participantId}",
    access: "user",
    summary: "One student's classes. Teachers of the room; students their own.",
    params: z.object({ id: roomIdSchema, participantId: participantIdSchema }),
    query,
    reply: studentRegisterSchema,
    handle: (services, { caller, params: { id: roomId, participantId }, query: { from, to } }) =>
      getStudentRegister(services, caller, { roomId, participantId, fromMs: from, toMs: to }),
  }),
];
