import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { bytesSchema } from "../schema/bytes.ts";
import { liveClassIdSchema, participantIdSchema } from "../schema/ids.ts";
import { eraseGuest } from "./eraseGuest.ts";
import { erasePerson } from "./erasePerson.ts";
import { exportPerson } from "./exportPerson.ts";

const params = z.object({ id: participantIdSchema });
const confirmSchema = z.string().max(480).openapi({
  description: "The person's name as it is shown: nobody erases by a slip of the finger.",
});
const erasureSchema = z.object({ confirm: confirmSchema }).openapi("Erasure");
const zip = { reply: bytesSchema, replyType: "application/zip" } as const;

/** What everybody may ask of a school: all that it keeps about them, and to be forgotten. */
export const rightsRoutes = [
  route({
    method: "get",
    path: "/api/me/export",
    access: "user",
    summary: "Everything that the school keeps about the caller, as a zip of JSON files.",
    ...zip,
    handle: (services, { caller, http }) => {
      http.header("Content-Disposition", 'attachment; filename="my-data.zip"');
      return exportPerson(services, caller, caller.participantId);
    },
  }),
  route({
    method: "get",
    path: "/api/people/{id}/export",
    access: "data.export",
    summary: "Everything that the school keeps about a person, as a zip of JSON files; audited.",
    params,
    ...zip,
    handle: (services, { caller, params: { id }, http }) => {
      http.header("Content-Disposition", 'attachment; filename="person.zip"');
      return exportPerson(services, caller, id);
    },
  }),
  route({
    method: "post",
    path: "/api/people/{id}/erase",
    access: "data.erase",
    summary: "Erase a person for good; what others said to them stays in its order.",
    params,
    body: erasureSchema,
    handle: (services, { caller, params: { id }, body }) =>
      erasePerson(services, caller, { id, ...body }),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/participants/{participantId}/erase",
    access: "data.erase",
    summary: "Erase a guest of a live class for good.",
    params: z.object({ id: liveClassIdSchema, participantId: participantIdSchema }),
    body: erasureSchema,
    handle: (services, { caller, params: { id, participantId }, body }) =>
      eraseGuest(services, caller, { liveClassId: id, participantId, ...body }),
  }),
];
