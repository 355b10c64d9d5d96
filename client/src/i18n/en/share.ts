import share from "./share.json";

/** What is said where people are invited to a class, in English. */
export const words = { ...share };
