import account from "./account.json";
import settings from "./settings.json";
import rights from "./rights.json";

/** What the page of one's own account says, in Swahili. */
export const words = { ...account, ...settings, ...rights };
