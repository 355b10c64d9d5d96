import { sql, type SchoolTransaction } from "@darasa/database";
import type { LiveClassId, ParticipantId } from "@darasa/protocol";
import * as z from "zod";
import { isPinGuessed } from "./judgeKnock.ts";
import type { WaitingList } from "./waitingList.ts";

const waitingSchema = z.object({
  participantId: z.string(),
  name: z.string(),
  askedAtMs: z.number(),
});

const pinSchema = z.object({ pin: z.string().nullable(), wrongPins: z.number() });

/** Who waits for that class, who came first first. */
export async function loadWaitingList(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<WaitingList> {
  const people = await tx.any(sql.type(waitingSchema)`
    select participant_id as "participantId", name, asked_at as "askedAtMs"
    from live_class_participants
    where live_class_id = ${id} and admitted_at is null and removed_at is null
    order by asked_at, participant_id`);
  const tried = await tx.one(sql.type(pinSchema)`
    select pin, wrong_pins as "wrongPins" from live_classes where live_class_id = ${id}`);
  return { people: [...people], pinGuessed: isPinGuessed(tried) };
}

const guestSchema = z.object({ participantId: z.string(), name: z.string() });

/** Somebody about whom was decided. */
export type DecidedGuest = z.infer<typeof guestSchema>;

/** Lets those in who still wait; who was let in or turned away before is not among the answer. */
export function storeAdmitted(
  tx: SchoolTransaction,
  id: LiveClassId,
  who: readonly ParticipantId[] | "all",
): Promise<readonly DecidedGuest[]> {
  return tx.any(sql.type(guestSchema)`
    update live_class_participants set admitted_at = now()
    where ${waitingAmong(id, who)}
    returning participant_id as "participantId", name`);
}

/** Turns those away who still wait; for the others it is too late. */
export function storeRefused(
  tx: SchoolTransaction,
  id: LiveClassId,
  who: readonly ParticipantId[],
): Promise<readonly DecidedGuest[]> {
  return tx.any(sql.type(guestSchema)`
    update live_class_participants set removed_at = now()
    where ${waitingAmong(id, who)}
    returning participant_id as "participantId", name`);
}

function waitingAmong(id: LiveClassId, who: readonly ParticipantId[] | "all") {
  const named =
    who === "all"
      ? sql.fragment`true`
      : sql.fragment`participant_id = any(${sql.array([...who], "uuid")})`;
  return sql.fragment`live_class_id = ${id} and admitted_at is null and removed_at is null and ${named}`;
}

const countSchema = z.object({ participantId: z.string() });

/** Forgets a guest who still waits, with the sign-in. True when there was one. */
export async function forgetWaiting(
  tx: SchoolTransaction,
  id: LiveClassId,
  who: ParticipantId,
): Promise<boolean> {
  const gone = await tx.any(sql.type(countSchema)`
    delete from live_class_participants where ${waitingAmong(id, [who])}
    returning participant_id as "participantId"`);
  return gone.length > 0;
}
