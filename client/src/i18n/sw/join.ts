import type { Catalogue } from "../translate.ts";
import join from "./join.json";

/** What those read who come by a code or a link, in Swahili. */
export const words: Catalogue = { ...join };
