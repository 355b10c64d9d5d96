import { z } from "@hono/zod-openapi";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

/** What a school does with guests: lets them in, holds them until a teacher admits them, or has none. */
export const guestPolicySchema = z.enum(["allowed", "waiting_room", "forbidden"]);

export type GuestPolicy = z.infer<typeof guestPolicySchema>;

/** What a code or a personal link opens, as anybody who has it may see. */
export const invitationSchema = z
  .object({
    liveClassId: idSchema,
    title: z.string(),
    schoolName: z.string(),
    schoolSlug: z.string().openapi({ description: "Names the school where its logo is." }),
    roomName: z.string(),
    status: z.enum(["scheduled", "live"]),
    startsAtMs: timeMsSchema,
    teachers: z.array(z.string()),
    asksPin: z.boolean(),
    guests: guestPolicySchema,
    colour: z.string().openapi({ description: "Of the school: #rrggbb.", example: "#0f766e" }),
    logo: idSchema.nullable().openapi({ description: "Its version; null without one." }),
  })
  .openapi("Invitation");

export type Invitation = z.infer<typeof invitationSchema>;
