/** What both sides of a picture measure, in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Why some bytes are no picture that is taken; in plain words, for the person who sent them. */
export interface PictureFault {
  readonly fault: string;
}

/** Bytes that are not even what they say they are. */
export const notAPicture: PictureFault = { fault: "is not a picture of that kind" };

/** Where it was taken, by whom and with what is nobody's business; and a file in a file is no picture. */
export const carriesMore: PictureFault = {
  fault: "carries more than a picture: save it without metadata",
};
