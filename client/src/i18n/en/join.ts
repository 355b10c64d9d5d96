import join from "./join.json";

/** What those read who come by a code or a link, in English. */
export const words = { ...join };
