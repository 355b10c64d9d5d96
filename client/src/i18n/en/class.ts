import entry from "./entry.json";
import lobby from "./lobby.json";

/** What is said before one is in a class, and when it is over, in English. */
export const words = { ...entry, ...lobby };
