import type { SchoolTransaction } from "@darasa/database";
import type { Picture } from "./picture.ts";
import { deletePicture, storePicture, type PicturePlace } from "./store.ts";

/** Shows the picture in that place instead of what was there, which is forgotten; gives its id. */
export async function replacePicture(
  tx: SchoolTransaction,
  place: PicturePlace,
  picture: Picture,
): Promise<string> {
  const old = await place.lock();
  const id = await storePicture(tx, picture);
  await place.show(id);
  if (old !== null) await deletePicture(tx, old);
  return id;
}

/** Shows nothing in that place and forgets what was there; tells whether there was anything. */
export async function removePicture(tx: SchoolTransaction, place: PicturePlace): Promise<boolean> {
  const old = await place.lock();
  if (old === null) return false;
  await place.show(null);
  await deletePicture(tx, old);
  return true;
}
