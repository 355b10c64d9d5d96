import type { Catalogue } from "../translate.ts";
import common from "./common.json";
import errors from "./errors.json";
import home from "./home.json";

/** What every page may say that has no words of its own, in Swahili. */
export const words: Catalogue = { ...common, ...home, ...errors };
