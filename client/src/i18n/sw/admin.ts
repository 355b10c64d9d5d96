import admin from "./admin.json";

/** What the administration of a school says, in Swahili. */
export const words = { ...admin };
