import { notifyControl, type SchoolTransaction } from "@darasa/database";
import {
  DarasaError,
  type ErrorCode,
  type LiveClassId,
  type ParticipantId,
  type SchoolId,
} from "@darasa/protocol";
import type { LiveClass } from "../liveClasses/liveClass.ts";
import { showLiveClass } from "../liveClasses/showLiveClass.ts";
import { loadLiveClass, storeAdmission } from "../liveClasses/store.ts";
import type { Services } from "../services.ts";
import { openSignIn, type IssuedSignIn } from "../signIns/openSignIn.ts";
import { judgeKnock, type Knock } from "./judgeKnock.ts";
import { countWrongPin, lockDoor, type DoorRow } from "./store.ts";

/** Somebody in front of the door of a class. */
export interface Visitor {
  readonly schoolId: SchoolId;
  readonly liveClassId: LiveClassId;
  /** Cleaned, 1 to 60 code points. */
  readonly name: string;
  readonly knock: Knock;
  /** Whether what opened the class opens it still, now that its door is held. */
  readonly isStillGood: (door: DoorRow, tx: SchoolTransaction) => boolean | Promise<boolean>;
}

/** A guest who was signed in. */
export interface GuestSignIn extends IssuedSignIn {
  readonly liveClass: LiveClass;
  /** Only a teacher can let them in. */
  readonly waiting: boolean;
}

type Outcome = { readonly guest: GuestSignIn } | { readonly error: ErrorCode };

/**
 * Signs somebody in as a guest of one class, let in or waiting, in one transaction; a refusal for a wrong PIN is
 * counted at the class.
 * @throws DarasaError the refusals of `judgeKnock`, link_invalid
 */
export async function letGuestIn(services: Services, visitor: Visitor): Promise<GuestSignIn> {
  const outcome = await services.database.inSchool(visitor.schoolId, (tx) =>
    enter(services, tx, visitor),
  );
  // Outside the transaction: what was counted must stay counted.
  if ("error" in outcome) throw new DarasaError(outcome.error);
  return outcome.guest;
}

async function enter(
  services: Services,
  tx: SchoolTransaction,
  visitor: Visitor,
): Promise<Outcome> {
  const { liveClassId, knock } = visitor;
  const door = await lockDoor(tx, liveClassId);
  if (!door) return { error: "not_found" };
  if (door.status !== "ended" && !(await visitor.isStillGood(door, tx))) {
    return { error: "link_invalid" };
  }
  const verdict = judgeKnock(door, knock);
  if (!verdict.ok) {
    if (verdict.error === "wrong_pin") await countWrongPin(tx, liveClassId);
    return verdict;
  }
  const guest = await signGuestIn(services, tx, { ...visitor, waits: verdict.waits });
  if (verdict.waits) {
    const { schoolId } = visitor;
    await notifyControl(tx, {
      kind: "waitingRoomChanged",
      schoolId,
      roomId: door.roomId,
      liveClassId,
    });
  }
  return { guest };
}

async function signGuestIn(
  services: Services,
  tx: SchoolTransaction,
  { schoolId, liveClassId, name, waits }: Visitor & { readonly waits: boolean },
): Promise<GuestSignIn> {
  const participantId = services.newId() as ParticipantId;
  const guest = { liveClassId, participantId, userId: null, name, role: "guest" } as const;
  await storeAdmission(tx, { ...guest, waits });
  const row = await loadLiveClass(tx, liveClassId, participantId);
  if (!row) throw new DarasaError("not_found");
  const owner = { guest: { liveClassId, participantId } };
  const signIn = await openSignIn(services, tx, { schoolId, owner });
  return { ...signIn, liveClass: showLiveClass({ row, role: "guest" }), waiting: waits };
}
