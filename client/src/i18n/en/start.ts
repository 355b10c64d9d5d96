import common from "./common.json";
import errors from "./errors.json";
import home from "./home.json";
import join from "./join.json";
import register from "./register.json";

/** What every page but the classroom says, in English. */
export const words = { ...common, ...home, ...join, ...register, ...errors };
