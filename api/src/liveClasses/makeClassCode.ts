import { classCodeAlphabet, classCodeLength } from "@darasa/protocol";
import type { World } from "../services.ts";

/** A class code by chance: the alphabet has 32 letters, so each byte's low five bits choose one fairly. */
export function makeClassCode(randomBytes: World["randomBytes"]): string {
  return Array.from(randomBytes(classCodeLength), (byte) =>
    classCodeAlphabet.charAt(byte % classCodeAlphabet.length),
  ).join("");
}
