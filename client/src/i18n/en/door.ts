import account from "./account.json";

/** What signing in and every other way to an account says, in English. */
export const words = { ...account };
