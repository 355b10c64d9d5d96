import type { components } from "../../api/schema.d.ts";

/** An open door for people who have no account yet. */
export type PendingInvitation = components["schemas"]["PendingInvitation"];

/** What became of an invitation that was asked for. */
export type Invited = components["schemas"]["Invited"];
