import type { Catalogue } from "../translate.ts";
import common from "./common.json";
import errors from "./errors.json";
import home from "./home.json";
import join from "./join.json";
import register from "./register.json";

/** What every page but the classroom says, in Swahili. */
export const words: Catalogue = { ...common, ...home, ...join, ...register, ...errors };
