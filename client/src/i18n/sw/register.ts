import type { Catalogue } from "../translate.ts";
import register from "./register.json";

/** What the register says, in Swahili. */
export const words: Catalogue = { ...register };
