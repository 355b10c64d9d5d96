import type { Catalogue } from "../translate.ts";
import share from "./share.json";

/** What is said where people are invited to a class, in Swahili. */
export const words: Catalogue = { ...share };
