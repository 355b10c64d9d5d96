import { route } from "../../routing/route.ts";
import { importRoster } from "./importRoster.ts";
import { previewRoster } from "./previewRoster.ts";
import { maxRosterLength, rosterResultSchema, rosterSchema } from "./roster.ts";

/** The text as JSON: quotes and line ends are escaped, letters beyond ASCII are up to three bytes. */
const maxRosterBodyBytes = 2 * maxRosterLength;

/** Many people at once, from a table. */
export const rosterRoutes = [
  route({
    method: "post",
    path: "/api/people/import/preview",
    access: "people.manage",
    summary: "What an import of this CSV would do, row by row. Changes nothing.",
    limit: "import",
    maxBodyBytes: maxRosterBodyBytes,
    body: rosterSchema,
    reply: rosterResultSchema,
    handle: (services, { caller, body }) => previewRoster(services, caller, body),
  }),
  route({
    method: "post",
    path: "/api/people/import",
    access: "people.manage",
    summary: "Invite everybody of this CSV whose row is good. Safe to repeat.",
    limit: "import",
    maxBodyBytes: maxRosterBodyBytes,
    body: rosterSchema,
    reply: rosterResultSchema,
    handle: (services, { caller, body, http }) =>
      importRoster(services, caller, { roster: body, http }),
  }),
];
