import { uuidPattern } from "@darasa/protocol";

/** One file of a recording, wherever it lies. */
export interface RecordingFile {
  readonly schoolId: string;
  readonly recordingId: string;
  /** From 1; each pause ends a part. */
  readonly partNo: number;
}

/** Where the file lies in its storage: ids and a number, so that it leads nowhere else. */
export function recordingPath({ schoolId, recordingId, partNo }: RecordingFile): string {
  if (!uuidPattern.test(schoolId) || !uuidPattern.test(recordingId) || !Number.isInteger(partNo)) {
    throw new TypeError("not the ids of a recording");
  }
  return `${schoolId}/${recordingId}/${String(partNo)}.mp4`;
}

const pathPattern = /(?:^|\/)([0-9a-f-]{36})\/([0-9a-f-]{36})\/([1-9]\d{0,3})\.mp4$/;

/** Which file of ours a path ends with, as Egress tells it; null for any other. */
export function readRecordingPath(path: string): RecordingFile | null {
  const [, schoolId = "", recordingId = "", partNo] = pathPattern.exec(path) ?? [];
  if (!uuidPattern.test(schoolId) || !uuidPattern.test(recordingId)) return null;
  return { schoolId, recordingId, partNo: Number(partNo) };
}
