import { AwsV4Signer } from "aws4fetch";
import { EncodedFileOutput, EncodedFileType, S3Upload } from "livekit-server-sdk";
import type { Config } from "../config.ts";
import { attachmentHeader } from "./attachmentHeader.ts";
import { recordingPath, type RecordingFile } from "./recordingFile.ts";
import type { RecordingFolder } from "./recordingFolder.ts";

const timeoutMs = 10_000;

interface Bucket {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The bucket that the environment names; null when it names none. Its links lead there, signed (SigV4 in the query). */
export function makeS3Folder(config: Config, now: () => number): RecordingFolder | null {
  const bucket = readBucket(config);
  if (!bucket) return null;
  const sign = async (file: RecordingFile, method: string, query: Record<string, string>) => {
    const url = new URL(`${bucket.endpoint}/${bucket.bucket}/${recordingPath(file)}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const datetime = new Date(now()).toISOString().replace(/[:-]|\.\d{3}/g, "");
    const { accessKeyId, secretAccessKey, region } = bucket;
    const keys = { accessKeyId, secretAccessKey, region, service: "s3" };
    const signer = new AwsV4Signer({ ...keys, url: url.href, method, datetime, signQuery: true });
    return (await signer.sign()).url.href;
  };
  return {
    output: (file) => Promise.resolve(outputTo(bucket, file)),
    link: (file, { name, as, expiresInSeconds }) =>
      sign(file, "GET", {
        "X-Amz-Expires": String(expiresInSeconds),
        "response-content-disposition": attachmentHeader(as, name),
        "response-content-type": "video/mp4",
      }),
    async remove(files) {
      for (const file of files) {
        const url = await sign(file, "DELETE", { "X-Amz-Expires": "60" });
        const signal = AbortSignal.timeout(timeoutMs);
        const answer = await fetch(url, { method: "DELETE", signal });
        if (!answer.ok && answer.status !== 404) {
          throw new Error(`The storage of recordings answers ${String(answer.status)}.`);
        }
      }
    },
  };
}

function readBucket(config: Config): Bucket | null {
  const { RECORDINGS_S3_ENDPOINT: endpoint, RECORDINGS_S3_BUCKET: bucket } = config;
  const { RECORDINGS_S3_ACCESS_KEY: accessKeyId, RECORDINGS_S3_SECRET_KEY: secret } = config;
  if (endpoint === undefined || bucket === undefined) return null;
  if (accessKeyId === undefined || secret === undefined) return null;
  return {
    endpoint: endpoint.replace(/\/+$/, ""),
    bucket,
    region: config.RECORDINGS_S3_REGION,
    accessKeyId,
    secretAccessKey: secret.reveal(),
  };
}

function outputTo(bucket: Bucket, file: RecordingFile): EncodedFileOutput {
  const value = new S3Upload({
    accessKey: bucket.accessKeyId,
    secret: bucket.secretAccessKey,
    region: bucket.region,
    endpoint: bucket.endpoint,
    bucket: bucket.bucket,
    // Every storage that speaks S3 takes it; names of buckets as hosts not all do.
    forcePathStyle: true,
  });
  return new EncodedFileOutput({
    fileType: EncodedFileType.MP4,
    filepath: recordingPath(file),
    disableManifest: true,
    output: { case: "s3", value },
  });
}
