import { notifyControl, recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type LiveClassId, type VideoProvider } from "@darasa/protocol";
import { refuseUnlessSetUp } from "../media/refuseUnlessSetUp.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeLiveClass, authorizeLiveClassTeacher } from "./authorizeLiveClass.ts";
import type { LiveClass } from "./liveClass.ts";
import { loadStage } from "./loadStage.ts";
import { showLiveClass } from "./showLiveClass.ts";
import {
  lockLiveClass,
  storeLiveClassChange,
  storePin,
  type LiveClassChange,
  type LiveClassRow,
} from "./store.ts";

interface Change extends LiveClassChange {
  /** Null: guests are asked for none. */
  readonly pin?: string | null | undefined;
}

/**
 * Changes what was planned, until the class starts, and its PIN and what it is seen and heard through until it is over.
 * @throws DarasaError not_found, forbidden, conflict when it runs, class_ended, video_not_set_up
 */
export function changeLiveClass(
  services: Services,
  caller: UserCaller,
  { id, pin, ...plan }: Change & { readonly id: LiveClassId },
): Promise<LiveClass> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await lockLiveClass(tx, id);
    const { row } = await authorizeLiveClassTeacher(tx, caller, id);
    if (row.status === "ended") throw new DarasaError("class_ended");
    if (row.status === "live" && isOfPlan(plan)) throw new DarasaError("conflict");
    const { schoolId } = caller;
    await refuseUnlessSetUp(services, tx, { schoolId, provider: plan.videoProvider });
    await storeLiveClassChange(tx, id, plan);
    if (row.status === "live") await tellOfVideo(tx, caller, { was: row, now: plan.videoProvider });
    if (pin !== undefined) {
      await storePin(tx, id, pin);
      await recordAudit(tx, {
        actor: caller,
        action: "liveClass.pinSet",
        subject: { kind: "liveClass", id },
        details: { asksPin: pin !== null },
      });
    }
    return showLiveClass(await authorizeLiveClass(tx, caller, id));
  });
}

/** What cannot be changed any more once people are there. */
function isOfPlan({ title, startsAtMs }: LiveClassChange): boolean {
  return title !== undefined || startsAtMs !== undefined;
}

/** Everybody in the class goes over to what it is seen and heard through now. */
async function tellOfVideo(
  tx: SchoolTransaction,
  caller: UserCaller,
  { was, now }: { readonly was: LiveClassRow; readonly now: VideoProvider | undefined },
): Promise<void> {
  if (now === undefined || now === was.videoProvider) return;
  await recordAudit(tx, {
    actor: caller,
    action: "liveClass.videoChanged",
    subject: { kind: "liveClass", id: was.id },
    details: { videoProvider: now, "videoProvider.was": was.videoProvider },
  });
  await notifyControl(tx, {
    kind: "stage",
    schoolId: caller.schoolId,
    roomId: was.roomId,
    liveClassId: was.id,
    stage: await loadStage(tx, was.id),
  });
}
