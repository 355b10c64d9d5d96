import recordings from "./recordings.json";
import register from "./register.json";

/** What the register says, in English. */
export const words = { ...register, ...recordings };
