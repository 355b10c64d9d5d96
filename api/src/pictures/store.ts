import { sql, type SchoolTransaction } from "@darasa/database";
import type { ParticipantId } from "@darasa/protocol";
import * as z from "zod";
import { pictureMediaTypes, type Picture } from "./picture.ts";

const idSchema = z.object({ id: z.string() });

/** Keeps a picture; gives its id. */
export function storePicture(tx: SchoolTransaction, picture: Picture): Promise<string> {
  return tx.oneFirst(sql.type(idSchema)`
    insert into pictures (school_id, media_type, body)
    values (app_school_id(), ${picture.mediaType}, ${sql.binary(Buffer.from(picture.body))})
    returning picture_id as id`);
}

/** Forgets a picture that nothing shows any more. */
export async function deletePicture(tx: SchoolTransaction, id: string): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`delete from pictures where picture_id = ${id}`);
}

const pictureSchema = z.object({
  mediaType: z.enum(pictureMediaTypes),
  body: z.instanceof(Buffer<ArrayBuffer>),
});

/** A picture of the school, or null. */
export function loadPicture(tx: SchoolTransaction, id: string): Promise<Picture | null> {
  return tx.maybeOne(sql.type(pictureSchema)`
    select media_type as "mediaType", body from pictures where picture_id = ${id}`);
}

/** The school's logo, or null without one. */
export function loadLogo(tx: SchoolTransaction): Promise<Picture | null> {
  return tx.maybeOne(sql.type(pictureSchema)`
    select p.media_type as "mediaType", p.body
    from schools s join pictures p on (p.school_id, p.picture_id) = (s.school_id, s.logo_id)`);
}

const shownSchema = z.object({ id: z.string().nullable() });

/** Where a picture is shown: beside a person's name, or in the school's header. */
export interface PicturePlace {
  /** The id of the picture there, with its row locked: of two uploads one waits for the other. */
  readonly lock: () => Promise<string | null>;
  readonly show: (pictureId: string | null) => Promise<unknown>;
}

/** The picture of one person. */
export function ownPicture(tx: SchoolTransaction, userId: ParticipantId): PicturePlace {
  return {
    lock: () =>
      tx.oneFirst(sql.type(shownSchema)`
        select picture_id as id from users where user_id = ${userId} for no key update`),
    show: (id) =>
      tx.query(sql.typeAlias("nothing")`
        update users set picture_id = ${id} where user_id = ${userId}`),
  };
}

/** The school's logo. */
export function logo(tx: SchoolTransaction): PicturePlace {
  return {
    lock: () =>
      tx.oneFirst(sql.type(shownSchema)`select logo_id as id from schools for no key update`),
    show: (id) => tx.query(sql.typeAlias("nothing")`update schools set logo_id = ${id}`),
  };
}
