import { sql, type SchoolTransaction } from "@darasa/database";
import type { LiveClassId, ParticipantId } from "@darasa/protocol";
import * as z from "zod";
import { standingVerdicts, type Correction, type StandingVerdict } from "./correction.ts";

const correctionRowSchema = z.object({
  liveClassId: z.string(),
  participantId: z.string(),
  verdict: z.enum(standingVerdicts),
  reason: z.string(),
  by: z.string(),
  atMs: z.number(),
});

/** A correction, and of whom and where. */
export type CorrectionRow = z.infer<typeof correctionRowSchema>;

/** The corrections that count in these classes: each person's last, where it took nothing back; of one person or all. */
export async function loadCorrections(
  tx: SchoolTransaction,
  liveClassIds: readonly string[],
  participantId: string | null = null,
): Promise<readonly CorrectionRow[]> {
  return tx.any(sql.type(correctionRowSchema)`
    select last.live_class_id as "liveClassId", last.participant_id as "participantId", last.verdict, last.reason,
      u.name as by, last.corrected_at as "atMs"
    from (
      select distinct on (live_class_id, participant_id) *
      from attendance_corrections
      where live_class_id = any(${sql.array([...liveClassIds], "uuid")})
        and (${participantId}::uuid is null or participant_id = ${participantId})
      order by live_class_id, participant_id, correction_id desc
    ) last
    join users u on (u.school_id, u.user_id) = (last.school_id, last.corrected_by)
    where last.verdict is not null`);
}

/** Adds a correction; those before it stay. */
export async function storeCorrection(
  tx: SchoolTransaction,
  at: { readonly liveClassId: LiveClassId; readonly participantId: ParticipantId },
  correction: {
    readonly verdict: StandingVerdict | null;
    readonly reason: string;
    readonly correctedBy: ParticipantId;
  },
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    insert into attendance_corrections
      (school_id, live_class_id, participant_id, verdict, reason, corrected_by)
    values (app_school_id(), ${at.liveClassId}, ${at.participantId}, ${correction.verdict},
      ${correction.reason}, ${correction.correctedBy})`);
}

/** The correction as the register shows it. */
export function showCorrection({ verdict, reason, by, atMs }: CorrectionRow): Correction {
  return { verdict, reason, by, atMs };
}
