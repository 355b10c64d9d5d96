import * as z from "zod";
import { Secret } from "../secret.ts";

const text = z.string().min(1);

/** Where recordings are kept: in a folder that Egress writes to as well, or in a storage that speaks S3. */
export const recordingSettings = {
  RECORDINGS_FOLDER: z.string().startsWith("/", "is not an absolute path").optional(),
  RECORDINGS_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  RECORDINGS_S3_REGION: text.default("us-east-1"),
  RECORDINGS_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9.-]{3,63}$/, "is not the name of a bucket")
    .optional(),
  RECORDINGS_S3_ACCESS_KEY: text.optional(),
  RECORDINGS_S3_SECRET_KEY: text.transform((value) => new Secret(value)).optional(),
};

/** Of these each is of use with the other alone. */
export const recordingPairs = [
  ["RECORDINGS_S3_ENDPOINT", "RECORDINGS_S3_BUCKET"],
  ["RECORDINGS_S3_ENDPOINT", "RECORDINGS_S3_ACCESS_KEY"],
  ["RECORDINGS_S3_ENDPOINT", "RECORDINGS_S3_SECRET_KEY"],
] as const;
