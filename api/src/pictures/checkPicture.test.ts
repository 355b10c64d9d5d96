import { DarasaError } from "@darasa/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPicture } from "./checkPicture.ts";

const beginnings = [
  Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1"),
  Buffer.from("RIFF\x20\0\0\0WEBPVP8 ", "latin1"),
  Buffer.from("RIFF\x20\0\0\0WEBPVP8L", "latin1"),
  Buffer.from("RIFF\x20\0\0\0WEBPVP8X", "latin1"),
  Buffer.alloc(0),
];

test("whatever bytes there are, they are a small picture or refused as what they are", () => {
  const file = fc
    .tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 200 }))
    .map((parts) => Buffer.concat(parts));
  fc.assert(
    fc.property(file, (bytes) => {
      // As long as it says, so that some get past the first look.
      if (bytes.length > 12 && bytes[0] === 0x52) bytes.writeUInt32LE(bytes.length - 8, 4);
      try {
        expect(checkPicture(bytes).body).toEqual(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(DarasaError);
        expect((error as DarasaError).code).toBe("bad_request");
      }
    }),
    { numRuns: 2_000 },
  );
});
