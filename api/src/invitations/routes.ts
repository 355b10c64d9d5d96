import { z } from "@hono/zod-openapi";
import { limits } from "@darasa/protocol";
import { emailSchema, linkTokenSchema, passwordSchema } from "../accounts/credentials.ts";
import { languageSchema, signedInSchema } from "../accounts/user.ts";
import { schoolRoleSchema } from "../people/person.ts";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { idSchema, roomIdSchema } from "../schema/ids.ts";
import { queryInteger } from "../schema/queryInteger.ts";
import { answerSignIn } from "../signIns/answerSignIn.ts";
import { acceptInvitation } from "./acceptInvitation.ts";
import { describeInvitation } from "./describeInvitation.ts";
import { invitationSchema, inviteResultSchema, openDoorSchema } from "./invitation.ts";
import { inviteByLink } from "./inviteByLink.ts";
import { inviteByMail } from "./inviteByMail.ts";
import { listInvitations } from "./listInvitations.ts";
import { resendInvitation } from "./resendInvitation.ts";
import { revokeInvitation } from "./revokeInvitation.ts";

const params = z.object({ id: idSchema });
const nameSchema = displayTextSchema(limits.maxNameLength);
const target = { role: schoolRoleSchema, roomId: roomIdSchema.optional() };

const byMailSchema = z.object({
  emails: z.array(emailSchema).min(1).max(100),
  ...target,
  name: nameSchema.optional().openapi({ description: "Of the one person who is invited." }),
});
const byLinkSchema = z.object({
  link: z.object({
    maxUses: z.int().min(1).max(10_000),
    expiresInDays: z.int().min(1).max(90),
  }),
  ...target,
});

/** Inviting people to have an account, and coming in by an invitation. */
export const invitationRoutes = [
  route({
    method: "get",
    path: "/api/invitations",
    access: "people.manage",
    summary: "Invitations that can still be used, or were not before they expired; newest first.",
    query: z.object({
      after: idSchema.optional().openapi({ description: "The last one of the page before." }),
      limit: queryInteger(1, 100).default(50),
    }),
    reply: z
      .object({ invitations: z.array(invitationSchema), more: z.boolean() })
      .openapi("PendingInvitations"),
    handle: (services, { caller, query }) => listInvitations(services, caller, query),
  }),
  route({
    method: "post",
    path: "/api/invitations",
    access: "people.manage",
    summary: "Invite people by mail, or make a link that invites whoever has it.",
    limit: "invite",
    body: z.union([byMailSchema, byLinkSchema]).openapi("NewInvitations"),
    reply: z
      .object({
        link: z.string().nullable().openapi({ description: "Shown this once." }),
        results: z.array(inviteResultSchema),
      })
      .openapi("Invited"),
    handle: (services, { caller, body, http }) =>
      "emails" in body
        ? inviteByMail(services, caller, { ...body, http })
        : inviteByLink(services, caller, { ...body, http }),
  }),
  route({
    method: "delete",
    path: "/api/invitations/{id}",
    access: "people.manage",
    summary: "Take an invitation back: its link is worth nothing any more.",
    params,
    handle: (services, { caller, params: { id } }) => revokeInvitation(services, caller, id),
  }),
  route({
    method: "post",
    path: "/api/invitations/{id}/resend",
    access: "people.manage",
    summary: "Send the mail again, with a new link that lasts anew; the old link is worth nothing.",
    limit: "invite",
    params,
    reply: invitationSchema,
    handle: (services, { caller, params: { id }, http }) =>
      resendInvitation(services, caller, { id, http }),
  }),
  route({
    method: "post",
    path: "/api/invitations/describe",
    access: "anonymous",
    summary: "What an invitation opens.",
    limit: "openLink",
    body: z.object({ token: linkTokenSchema }).openapi("InvitationToken"),
    reply: openDoorSchema,
    handle: (services, { body }) => describeInvitation(services, body.token),
  }),
  route({
    method: "post",
    path: "/api/invitations/accept",
    access: "anonymous",
    summary:
      "Make the account that an invitation is for and sign in; or, where the address must be proved first, send the mail for that.",
    limit: "openLink",
    body: z
      .object({
        token: linkTokenSchema,
        name: nameSchema,
        email: emailSchema
          .optional()
          .openapi({ description: "Required unless the invitation is for one address." }),
        password: passwordSchema,
        language: languageSchema,
      })
      .openapi("AcceptedInvitation"),
    reply: z.union([signedInSchema, z.object({ verify: z.literal(true) })]),
    handle: async (services, { body, http }) => {
      const accepted = await acceptInvitation(services, { ...body, http });
      if (!accepted) return { verify: true as const };
      return answerSignIn(services, http, accepted);
    },
  }),
];
