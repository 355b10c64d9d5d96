import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { checkPicture } from "./checkPicture.ts";
import { removePicture, replacePicture } from "./replacePicture.ts";
import { ownPicture } from "./store.ts";

/** Makes these bytes the caller's picture; gives its id. @throws DarasaError bad_request */
export async function setOwnPicture(
  services: Services,
  { schoolId, participantId, signInId }: UserCaller,
  bytes: Uint8Array,
): Promise<string> {
  const picture = checkPicture(bytes);
  services.signIns.forget(signInId);
  return services.database.inSchool(schoolId, (tx) =>
    replacePicture(tx, ownPicture(tx, participantId), picture),
  );
}

/** Takes the caller's picture away. */
export async function removeOwnPicture(
  services: Services,
  { schoolId, participantId, signInId }: UserCaller,
): Promise<void> {
  services.signIns.forget(signInId);
  await services.database.inSchool(schoolId, (tx) =>
    removePicture(tx, ownPicture(tx, participantId)),
  );
}
