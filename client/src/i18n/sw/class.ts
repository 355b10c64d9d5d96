import type { Catalogue } from "../translate.ts";
import entry from "./entry.json";
import lobby from "./lobby.json";

/** What is said before one is in a class, and when it is over, in Swahili. */
export const words: Catalogue = { ...entry, ...lobby };
