import members from "./members.json";

/** What the dialog of a room's members says, in Swahili. */
export const words = { ...members };
