import type { components } from "../../api/schema.d.ts";

/** What would become of a roster, or became of it. */
export type RosterResult = components["schemas"]["RosterResult"];

export type RosterRow = RosterResult["rows"][number];

/** As much as the server takes. */
export const maxRosterLength = 512 * 1024;
