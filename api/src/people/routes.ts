import { z } from "@hono/zod-openapi";
import { limits } from "@darasa/protocol";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { emailSchema } from "../accounts/credentials.ts";
import { participantIdSchema } from "../schema/ids.ts";
import { queryInteger } from "../schema/queryInteger.ts";
import { changePerson } from "./changePerson.ts";
import { deactivatePerson } from "./deactivatePerson.ts";
import { findPeople } from "./findPeople.ts";
import { getPerson } from "./getPerson.ts";
import { personSchema, personStatusSchema, schoolRoleSchema } from "./person.ts";
import { reactivatePerson } from "./reactivatePerson.ts";
import { resetPersonsSecondFactor } from "./resetPersonsSecondFactor.ts";
import { signPersonOut } from "./signPersonOut.ts";

const params = z.object({ id: participantIdSchema });

/** The people of the school: finding them, and deciding who they are. */
export const peopleRoutes = [
  route({
    method: "get",
    path: "/api/people",
    access: "people.find",
    summary: "People of the school by name; those who do not manage them see only who is active.",
    query: z.object({
      query: z
        .string()
        .max(254)
        .default("")
        .openapi({ description: "Part of a name, or of an address for those who see them." }),
      role: schoolRoleSchema.optional(),
      status: personStatusSchema.optional(),
      after: participantIdSchema
        .optional()
        .openapi({ description: "The last person of the page before." }),
      limit: queryInteger(1, 100).default(50),
    }),
    reply: z.object({ people: z.array(personSchema), more: z.boolean() }).openapi("People"),
    handle: (services, { caller, query }) => findPeople(services, caller, query),
  }),
  route({
    method: "get",
    path: "/api/people/{id}",
    access: "people.find",
    summary: "One person.",
    params,
    reply: personSchema,
    handle: (services, { caller, params: { id } }) => getPerson(services, caller, id),
  }),
  route({
    method: "patch",
    path: "/api/people/{id}",
    access: "people.manage",
    summary: "Change somebody else's name, role or address.",
    params,
    body: z
      .object({
        name: displayTextSchema(limits.maxNameLength).optional(),
        role: schoolRoleSchema.optional(),
        email: emailSchema.optional(),
      })
      .openapi("PersonChange"),
    reply: personSchema,
    handle: (services, { caller, params: { id }, body, http }) =>
      changePerson(services, caller, { id, change: body, http }),
  }),
  route({
    method: "post",
    path: "/api/people/{id}/deactivate",
    access: "people.manage",
    summary: "Close the account; whoever uses it is signed out everywhere.",
    params,
    reply: personSchema,
    handle: (services, { caller, params: { id } }) => deactivatePerson(services, caller, id),
  }),
  route({
    method: "post",
    path: "/api/people/{id}/reactivate",
    access: "people.manage",
    summary: "Open the account again.",
    params,
    reply: personSchema,
    handle: (services, { caller, params: { id } }) => reactivatePerson(services, caller, id),
  }),
  route({
    method: "post",
    path: "/api/people/{id}/reset-second-factor",
    access: "people.manage",
    summary: "Take the second factor away from who lost it; they are signed out everywhere.",
    params,
    reply: personSchema,
    handle: (services, { caller, params: { id } }) =>
      resetPersonsSecondFactor(services, caller, id),
  }),
  route({
    method: "post",
    path: "/api/people/{id}/sign-out",
    access: "people.manage",
    summary: "End all sign-ins of the person.",
    params,
    reply: personSchema,
    handle: (services, { caller, params: { id } }) => signPersonOut(services, caller, id),
  }),
];
