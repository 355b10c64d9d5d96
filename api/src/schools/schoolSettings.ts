import { z } from "@hono/zod-openapi";
import { languageSchema } from "../accounts/user.ts";
import { videoProviderSchema } from "../media/video.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { idSchema } from "../schema/ids.ts";

const days = (min: number) => z.int().min(min).max(3_650);

/** What a school decides for itself, as it is written; the bounds are those of the database. */
export const settingsInputSchema = z.object({
  name: displayTextSchema(120),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .openapi({ example: "#0f766e" }),
  signUpLanguage: languageSchema.openapi({ description: "Of those who have not chosen one." }),
  classStarters: z.enum(["teachers", "admins"]).openapi({
    description: "Who may start a class: teachers of its room, or who runs the school.",
  }),
  studentDirectMessages: z
    .boolean()
    .openapi({ description: "Whether students may write to each other alone." }),
  guestPolicy: z.enum(["allowed", "waiting_room", "forbidden"]),
  videoProvider: videoProviderSchema.openapi({
    description: "What a new class is seen and heard through.",
  }),
  recordings: z.enum(["forbidden", "allowed"]).openapi({
    description: "Whether teachers may record their classes.",
  }),
  lateAfterMinutes: z.int().min(0).max(240),
  presentFromPercent: z.int().min(1).max(100),
  keepMessagesDays: days(1),
  keepAttendanceDays: days(1),
  keepBoardsDays: days(1),
  keepRecordingsDays: days(1),
  keepAuditDays: days(90),
});

/** What the operator allows a school. */
export const schoolLimitsSchema = z
  .object({
    maxUsers: z.int().min(1).max(1_000_000),
    maxRooms: z.int().min(1).max(100_000),
    maxBoardsPerRoom: z.int().min(1).max(10_000),
    maxGuestsPerClass: z.int().min(0).max(10_000),
  })
  .openapi("SchoolLimits");

export type SchoolLimits = z.infer<typeof schoolLimitsSchema>;

/** How much of its limits a school uses. */
export const schoolUseSchema = z
  .object({
    users: z.int().openapi({ description: "Accounts that are active." }),
    rooms: z.int().openapi({ description: "Classes and groups that are not archived." }),
  })
  .openapi("SchoolUse");

export type SchoolUse = z.infer<typeof schoolUseSchema>;

/** A school as those who run it see it. */
export const schoolSchema = z
  .object({
    id: idSchema,
    slug: z.string(),
    ...settingsInputSchema.shape,
    name: z.string(),
    colour: z.string(),
    logo: idSchema.nullable().openapi({ description: "The id of the logo's picture." }),
    limits: schoolLimitsSchema,
    use: schoolUseSchema,
  })
  .openapi("School");

export type School = z.infer<typeof schoolSchema>;

/** What a change names; what it does not name stays as it is. */
export const schoolChangeSchema = settingsInputSchema.partial().openapi("SchoolChange");

export type SchoolChange = z.infer<typeof schoolChangeSchema>;

/** A school as anybody may see it who knows its short name. */
export const publicSchoolSchema = z
  .object({
    slug: z.string(),
    name: z.string(),
    colour: z.string(),
    logo: idSchema.nullable().openapi({
      description:
        "Null without a logo; another id with every new one, to be shown as its version.",
    }),
  })
  .openapi("PublicSchool");

export type PublicSchool = z.infer<typeof publicSchoolSchema>;
