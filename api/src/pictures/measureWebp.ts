import { carriesMore, notAPicture, type PictureFault, type PictureSize } from "./pictureFault.ts";

/** The chunks of a still picture (RFC 9649 §2): no EXIF, no XMP, no animation. */
const chunksOfPictures = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP"]);

const riffHeaderBytes = 12;
const chunkHeaderBytes = 8;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** Where the next one begins: chunks have an even length. */
  readonly end: number;
}

/** Walks through a WebP without decoding it: whole, nothing behind its end, and nothing in it but a picture. */
export function measureWebp(file: Buffer): PictureSize | PictureFault {
  const isWebp =
    file.length > riffHeaderBytes &&
    file.toString("latin1", 0, 4) === "RIFF" &&
    file.toString("latin1", 8, 12) === "WEBP";
  if (!isWebp) return notAPicture;
  if (file.readUInt32LE(4) + chunkHeaderBytes !== file.length) return carriesMore;
  const chunks = readChunks(file);
  if (!chunks) return notAPicture;
  if (!chunks.every(({ type }) => chunksOfPictures.has(type))) return carriesMore;
  return measureChunks(chunks) ?? notAPicture;
}

function readChunks(file: Buffer): readonly Chunk[] | null {
  const chunks: Chunk[] = [];
  for (let start = riffHeaderBytes; start < file.length;) {
    if (start + chunkHeaderBytes > file.length) return null;
    const length = file.readUInt32LE(start + 4);
    const end = start + chunkHeaderBytes + length + (length % 2);
    if (end > file.length) return null;
    const data = file.subarray(start + chunkHeaderBytes, start + chunkHeaderBytes + length);
    chunks.push({ type: file.toString("latin1", start, start + 4), data, end });
    start = end;
  }
  return chunks;
}

/** One picture, and where a canvas is declared, as large as that. */
function measureChunks(chunks: readonly Chunk[]): PictureSize | null {
  const [first] = chunks;
  const images = chunks.filter(({ type }) => type === "VP8 " || type === "VP8L");
  const [image] = images;
  if (!first || !image || images.length !== 1) return null;
  const size = image.type === "VP8 " ? measureLossy(image.data) : measureLossless(image.data);
  if (first === image) return size;
  const canvas = first.type === "VP8X" ? measureCanvas(first.data) : null;
  return size && canvas && isSameSize(size, canvas) ? size : null;
}

function isSameSize(one: PictureSize, other: PictureSize): boolean {
  return one.width === other.width && one.height === other.height;
}

/** RFC 6386 §9.1: a key frame's tag, its start code, then 14 bits for each side. */
function measureLossy(data: Buffer): PictureSize | null {
  if (data.length < 10 || data.readUIntBE(3, 3) !== 0x9d012a) return null;
  return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
}

/** RFC 9649 §3.4: a signature, then 14 bits for each side less one. */
function measureLossless(data: Buffer): PictureSize | null {
  if (data.length < 5 || data.readUInt8(0) !== 0x2f) return null;
  const bits = data.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** RFC 9649 §2.7: flags, then 24 bits for each side less one. */
function measureCanvas(data: Buffer): PictureSize | null {
  if (data.length < 10) return null;
  return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
}
