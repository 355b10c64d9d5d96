import { crc32 } from "node:zlib";
import { carriesMore, notAPicture, type PictureFault, type PictureSize } from "./pictureFault.ts";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The chunks of a still picture and its colours (PNG, third edition, §11): no text, no eXIf, no animation. */
const chunksOfPictures = new Set([
  ...["IHDR", "PLTE", "IDAT", "IEND", "tRNS"],
  ...["bKGD", "cHRM", "cICP", "gAMA", "hIST", "iCCP", "pHYs", "sBIT", "sRGB"],
]);

/** Beside its data a chunk has a length, a type and a checksum. */
const chunkFrameBytes = 12;
const headerBytes = 13;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** Where the next one begins. */
  readonly end: number;
}

/** Walks through a PNG without decoding it: whole, nothing behind its end, and nothing in it but a picture. */
export function measurePng(file: Buffer): PictureSize | PictureFault {
  if (!file.subarray(0, signature.length).equals(signature)) return notAPicture;
  const header = readChunk(file, signature.length);
  if (header?.type !== "IHDR" || header.data.length !== headerBytes) return notAPicture;
  let chunk: Chunk | null = header;
  while (chunk && chunk.type !== "IEND") {
    if (!chunksOfPictures.has(chunk.type)) return carriesMore;
    chunk = readChunk(file, chunk.end);
  }
  if (!chunk) return notAPicture;
  if (chunk.end !== file.length) return carriesMore;
  return { width: header.data.readUInt32BE(0), height: header.data.readUInt32BE(4) };
}

/** The chunk that begins there; null when there is none or it is damaged. */
function readChunk(file: Buffer, start: number): Chunk | null {
  if (start + chunkFrameBytes > file.length) return null;
  const end = start + chunkFrameBytes + file.readUInt32BE(start);
  if (end > file.length) return null;
  const named = file.subarray(start + 4, end - 4);
  if (crc32(named) !== file.readUInt32BE(end - 4)) return null;
  return { type: named.toString("latin1", 0, 4), data: named.subarray(4), end };
}
