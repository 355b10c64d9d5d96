import steps from "./steps.json";

/** What a new school's start page advises its administrator, in English. */
export const words = { ...steps };
