import { DarasaError } from "@darasa/protocol";
import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { Picture } from "./picture.ts";
import { loadPicture } from "./store.ts";

/** A picture of the caller's school. @throws DarasaError not_found */
export async function getPicture(services: Services, caller: Caller, id: string): Promise<Picture> {
  const picture = await services.database.inSchool(caller.schoolId, (tx) => loadPicture(tx, id));
  if (!picture) throw new DarasaError("not_found");
  return picture;
}
