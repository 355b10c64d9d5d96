import admin from "./admin.json";

/** What the administration of a school says, in English. */
export const words = { ...admin };
