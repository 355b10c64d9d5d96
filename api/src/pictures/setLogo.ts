import { recordAudit } from "@darasa/database";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { checkPicture } from "./checkPicture.ts";
import { removePicture, replacePicture } from "./replacePicture.ts";
import { logo } from "./store.ts";

const action = "school.logoChanged";

/** Makes these bytes the school's logo; gives its id. @throws DarasaError bad_request */
export async function setLogo(
  services: Services,
  caller: UserCaller,
  bytes: Uint8Array,
): Promise<string> {
  const picture = checkPicture(bytes);
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const id = await replacePicture(tx, logo(tx), picture);
    services.signIns.forgetSchool(caller.schoolId);
    await recordAudit(tx, { actor: caller, action, details: { removed: false } });
    return id;
  });
}

/** Takes the school's logo away. */
export async function removeLogo(services: Services, caller: UserCaller): Promise<void> {
  await services.database.inSchool(caller.schoolId, async (tx) => {
    if (!(await removePicture(tx, logo(tx)))) return;
    services.signIns.forgetSchool(caller.schoolId);
    await recordAudit(tx, { actor: caller, action, details: { removed: true } });
  });
}
