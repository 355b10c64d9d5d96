import { recordAudit } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import {
  authorizeLiveClass,
  authorizeLiveClassTeacher,
} from "../liveClasses/authorizeLiveClass.ts";
import type { LiveClass } from "../liveClasses/liveClass.ts";
import { makeClassCode } from "../liveClasses/makeClassCode.ts";
import { showLiveClass } from "../liveClasses/showLiveClass.ts";
import { lockLiveClass, storeCode } from "../liveClasses/store.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";

const maxAttempts = 8;

/**
 * Gives the class another code: the former one and all links of guests are dead at once. Who is inside or waits
 * stays.
 * @throws DarasaError not_found, forbidden, class_ended
 */
export async function renewCode(
  services: Services,
  caller: UserCaller,
  id: LiveClassId,
): Promise<LiveClass> {
  const code = await findFreeCode(services);
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await lockLiveClass(tx, id);
    const { row } = await authorizeLiveClassTeacher(tx, caller, id);
    if (row.status === "ended") throw new DarasaError("class_ended");
    await storeCode(tx, id, code);
    await recordAudit(tx, {
      actor: caller,
      action: "liveClass.codeRenewed",
      subject: { kind: "liveClass", id },
    });
    return showLiveClass(await authorizeLiveClass(tx, caller, id));
  });
}

/** Looked up over all schools beforehand: an update that fails would take its transaction with it. */
async function findFreeCode({ database, randomBytes }: Services): Promise<string> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const code = makeClassCode(randomBytes);
    if ((await database.findLiveClassByCode(code)) === null) return code;
  }
  throw new DarasaError("busy");
}
