import common from "./common.json";
import errors from "./errors.json";
import home from "./home.json";

/** What every page may say that has no words of its own, in English. */
export const words = { ...common, ...home, ...errors };
