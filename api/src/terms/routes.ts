import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { idSchema } from "../schema/ids.ts";
import { addTerm, changeTerm, removeTerm } from "./setTerm.ts";
import { loadTerms } from "./store.ts";
import { termInputSchema, termSchema } from "./term.ts";

const params = z.object({ id: idSchema });

/** When the school's terms are. */
export const termRoutes = [
  route({
    method: "get",
    path: "/api/terms",
    access: "user",
    summary: "The school's terms, the latest first.",
    reply: z.object({ terms: z.array(termSchema) }).openapi("Terms"),
    handle: async (services, { caller }) => ({
      terms: [...(await services.database.inSchool(caller.schoolId, loadTerms))],
    }),
  }),
  route({
    method: "post",
    path: "/api/terms",
    access: "school.configure",
    summary: "Add a term.",
    body: termInputSchema,
    reply: termSchema,
    handle: (services, { caller, body }) => addTerm(services, caller, body),
  }),
  route({
    method: "put",
    path: "/api/terms/{id}",
    access: "school.configure",
    summary: "Change a term.",
    params,
    body: termInputSchema,
    reply: termSchema,
    handle: (services, { caller, params: { id }, body }) =>
      changeTerm(services, caller, { id, ...body }),
  }),
  route({
    method: "delete",
    path: "/api/terms/{id}",
    access: "school.configure",
    summary: "Take a term away; registers stay as they are.",
    params,
    handle: (services, { caller, params: { id } }) => removeTerm(services, caller, id),
  }),
];
