import { z } from "@hono/zod-openapi";
import { schoolSlugSchema } from "../accounts/credentials.ts";
import { route } from "../routing/route.ts";
import { idSchema } from "../schema/ids.ts";
import { queryInteger } from "../schema/queryInteger.ts";
import { answerSignIn } from "../signIns/answerSignIn.ts";
import { changeSchool } from "./changeSchool.ts";
import { createSchool } from "./createSchool.ts";
import { describeSchool } from "./describeSchool.ts";
import { getSchool } from "./getSchool.ts";
import { governedSchoolSchema, governanceSchema } from "./governedSchool.ts";
import { governSchool } from "./governSchool.ts";
import { listSchools } from "./listSchools.ts";
import { newSchoolSchema, schoolMadeSchema } from "./newSchool.ts";
import { publicSchoolSchema, schoolChangeSchema, schoolSchema } from "./schoolSettings.ts";

const params = z.object({ slug: schoolSlugSchema });

/** The caller's own school, schools as strangers see them, and what the operator's people decide of them. */
export const schoolRoutes = [
  route({
    method: "get",
    path: "/api/school",
    access: "school.configure",
    summary: "The caller's school: its settings, its limits and how much of them it uses.",
    reply: schoolSchema,
    handle: (services, { caller }) => getSchool(services, caller),
  }),
  route({
    method: "patch",
    path: "/api/school",
    access: "school.configure",
    summary: "Change the school's settings.",
    body: schoolChangeSchema,
    reply: schoolSchema,
    handle: (services, { caller, body }) => changeSchool(services, caller, body),
  }),
  route({
    method: "post",
    path: "/api/schools",
    access: "anonymous",
    limit: "createSchool",
    summary:
      "A new school with its first admin; 404 where the operator does not let strangers make any.",
    body: newSchoolSchema,
    reply: schoolMadeSchema,
    handle: async (services, { body, http }) => {
      const made = await createSchool(services, body, http);
      if ("verify" in made) return made;
      return answerSignIn(services, http, made);
    },
  }),
  route({
    method: "get",
    path: "/api/schools",
    access: "schools.manage",
    summary: "Every school, oldest first.",
    query: z.object({
      after: idSchema.optional().openapi({ description: "The id of the last school there is." }),
      limit: queryInteger(1, 100).default(50),
    }),
    reply: z
      .object({ schools: z.array(governedSchoolSchema), more: z.boolean() })
      .openapi("GovernedSchools"),
    handle: (services, { query }) => listSchools(services, query),
  }),
  route({
    method: "get",
    path: "/api/schools/{slug}",
    access: "anonymous",
    summary: "What a school looks like from outside.",
    params,
    reply: publicSchoolSchema,
    handle: (services, { params: { slug } }) => describeSchool(services, slug),
  }),
  route({
    method: "patch",
    path: "/api/schools/{slug}",
    access: "schools.manage",
    summary:
      "Change a school's limits, close it or open it again. Closing ends everybody's access.",
    params,
    body: governanceSchema,
    reply: governedSchoolSchema,
    handle: (services, { caller, params: { slug }, body }) =>
      governSchool(services, caller, { slug, ...body }),
  }),
];
