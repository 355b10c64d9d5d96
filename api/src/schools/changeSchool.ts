import { notifyControlAll, recordAudit, type SchoolTransaction } from "@darasa/database";
import { refuseUnlessSetUp } from "../media/refuseUnlessSetUp.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import {
  loadSchoolSettings,
  lockSchoolSettings,
  type SchoolSettings,
} from "./loadSchoolSettings.ts";
import { settingsInputSchema, type School, type SchoolChange } from "./schoolSettings.ts";
import { showSchool } from "./showSchool.ts";
import { loadTalkingStudents, storeSettings } from "./store.ts";

const settingNames = settingsInputSchema.keyof().options;

/**
 * Changes what the caller's school decides for itself; what was, and what is now, stays in the audit log.
 * @throws DarasaError video_not_set_up
 */
export function changeSchool(
  services: Services,
  caller: UserCaller,
  change: SchoolChange,
): Promise<School> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const before = await lockSchoolSettings(tx);
    const { schoolId } = caller;
    await refuseUnlessSetUp(services, tx, { schoolId, provider: change.videoProvider });
    await storeSettings(tx, change);
    services.signIns.forgetSchool(caller.schoolId);
    const after = await loadSchoolSettings(tx);
    if (before.studentDirectMessages && !after.studentDirectMessages) {
      await endTalks(services, tx, caller.schoolId);
    }
    const details = differences(before, after);
    if (Object.keys(details).length > 0) {
      const subject = { kind: "school", id: caller.schoolId } as const;
      await recordAudit(tx, { actor: caller, action: "school.settingsChanged", subject, details });
    }
    return showSchool(tx, after);
  });
}

/** Students who talk to each other alone come anew to all that they have open, and find those rooms closed. */
async function endTalks(
  services: Pick<Services, "now">,
  tx: SchoolTransaction,
  schoolId: string,
): Promise<void> {
  const atMs = services.now();
  const gone = { kind: "accessChanged", schoolId, signInIds: null, atMs } as const;
  const talking = await loadTalkingStudents(tx, atMs);
  await notifyControlAll(
    tx,
    talking.map(({ participantId }) => ({ ...gone, participantId })),
  );
}

/** `guestPolicy` with what it is now and `guestPolicy.was` with what it was, for each that changed. */
function differences(
  before: SchoolSettings,
  after: SchoolSettings,
): Record<string, string | number | boolean> {
  const changed = settingNames.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(
    changed.flatMap((name) => [
      [name, after[name]],
      [`${name}.was`, before[name]],
    ]),
  );
}
