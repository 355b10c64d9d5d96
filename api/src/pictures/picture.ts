/** What pictures there are: never SVG, which is a program. */
export const pictureMediaTypes = ["image/png", "image/webp"] as const;

/** The media type of a picture. */
export type PictureMediaType = (typeof pictureMediaTypes)[number];

/** What a picture may measure, in bytes; the database holds to the same. */
export const maxPictureBytes = 256 * 1024;

/** What either side of a picture may measure, in pixels. */
export const maxPictureSide = 1024;

/** A picture as it is kept and sent. */
export interface Picture {
  readonly mediaType: PictureMediaType;
  readonly body: Uint8Array<ArrayBuffer>;
}
