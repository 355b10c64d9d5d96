import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { bytesSchema } from "../schema/bytes.ts";
import { idSchema, liveClassIdSchema, roomIdSchema } from "../schema/ids.ts";
import { deleteRecording } from "./deleteRecording.ts";
import { fileRoutePath } from "./diskFolder.ts";
import { endPart } from "./endPart.ts";
import { maxFileTokenLength } from "./fileLink.ts";
import { listClassRecordings, listRoomRecordings } from "./listRecordings.ts";
import { openRecording } from "./openRecording.ts";
import { recordabilitySchema, recordingLinkSchema, recordingSchema } from "./recording.ts";
import { serveFile } from "./serveFile.ts";
import { startRecording } from "./startRecording.ts";

const ofClass = z.object({ id: liveClassIdSchema });
const ofClassOne = z.object({ id: liveClassIdSchema, recordingId: idSchema });
const ofRoom = z.object({ id: roomIdSchema });
const ofRoomOne = z.object({ id: roomIdSchema, recordingId: idSchema });

const classRecordingsSchema = z
  .object({
    recordings: z.array(recordingSchema),
    recordable: recordabilitySchema,
    keptDays: z.int(),
  })
  .openapi("ClassRecordings");

/** Recordings of classes: made by teachers where the school allows it, opened by members of the room. */
export const recordingRoutes = [
  route({
    method: "get",
    path: "/api/live-classes/{id}/recordings",
    access: "user",
    summary: "The class's recordings, and whether it can be recorded. Teachers of the room.",
    params: ofClass,
    reply: classRecordingsSchema,
    handle: (services, { caller, params: { id } }) => listClassRecordings(services, caller, id),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/recordings",
    access: "user",
    summary: "Begin to record the class; everybody in it is told. Teachers of the room.",
    params: ofClass,
    reply: classRecordingsSchema,
    handle: async (services, { caller, params: { id } }) => {
      await startRecording(services, caller, { id, recordingId: null });
      return listClassRecordings(services, caller, id);
    },
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/recordings/{recordingId}/pause",
    access: "user",
    summary: "Record nothing for a while. Teachers of the room.",
    params: ofClassOne,
    handle: (services, { caller, params }) =>
      endPart(services, caller, { ...params, how: "pause" }),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/recordings/{recordingId}/resume",
    access: "user",
    summary: "Go on with a recording that is paused. Teachers of the room.",
    params: ofClassOne,
    handle: (services, { caller, params }) => startRecording(services, caller, params),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/recordings/{recordingId}/stop",
    access: "user",
    summary: "End a recording. Teachers of the room.",
    params: ofClassOne,
    handle: (services, { caller, params }) => endPart(services, caller, { ...params, how: "stop" }),
  }),
  route({
    method: "get",
    path: "/api/rooms/{id}/recordings",
    access: "user",
    summary: "The recordings of the room's classes, the newest first; at most 200. Members.",
    params: ofRoom,
    reply: z.object({ recordings: z.array(recordingSchema) }).openapi("Recordings"),
    handle: async (services, { caller, params: { id } }) => ({
      recordings: await listRoomRecordings(services, caller, id),
    }),
  }),
  route({
    method: "get",
    path: "/api/rooms/{id}/recordings/{recordingId}/link",
    access: "user",
    summary: "Addresses that open a recording for 15 minutes; audited. Members of the room.",
    params: ofRoomOne,
    reply: recordingLinkSchema,
    handle: (services, { caller, params: { id, recordingId } }) =>
      openRecording(services, caller, { roomId: id, recordingId }),
  }),
  route({
    method: "delete",
    path: "/api/rooms/{id}/recordings/{recordingId}",
    access: "user",
    summary: "Delete a recording that is over, with its files. Teachers of the room.",
    params: ofRoomOne,
    handle: (services, { caller, params: { id, recordingId } }) =>
      deleteRecording(services, caller, { roomId: id, recordingId }),
  }),
  route({
    method: "get",
    path: `${fileRoutePath}/{token}`,
    access: "anonymous",
    limit: "files",
    summary: "The file that a link opens, or the part of it that `Range` asks for.",
    params: z.object({ token: z.string().max(maxFileTokenLength) }),
    reply: bytesSchema,
    replyType: "video/mp4",
    handle: (services, { params: { token }, http }) => serveFile(services, http, token),
  }),
];
