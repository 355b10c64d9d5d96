import recordings from "./recordings.json";
import register from "./register.json";
import type { Catalogue } from "../translate.ts";

/** What the register says, in Swahili. */
export const words: Catalogue = { ...register, ...recordings };
