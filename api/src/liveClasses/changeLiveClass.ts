import { recordAudit } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeLiveClass, authorizeLiveClassTeacher } from "./authorizeLiveClass.ts";
import type { LiveClass } from "./liveClass.ts";
import { showLiveClass } from "./showLiveClass.ts";
import { lockLiveClass, storeLiveClassChange, storePin, type LiveClassChange } from "./store.ts";

interface Change extends LiveClassChange {
  /** Null: guests are asked for none. */
  readonly pin?: string | null | undefined;
}

/**
 * Changes what was planned, until the class starts, and its PIN until it is over.
 * @throws DarasaError not_found, forbidden, conflict when it runs, class_ended
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
    if (row.status === "live" && !isOnlyPin({ pin, ...plan })) throw new DarasaError("conflict");
    await storeLiveClassChange(tx, id, plan);
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

function isOnlyPin({ pin, ...plan }: Change): boolean {
  return pin !== undefined && Object.values(plan).every((value) => value === undefined);
}
