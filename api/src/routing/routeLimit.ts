import type { LimitName } from "../limits/limitTable.ts";

/** The limit of a route: a row of the table, or none because the route says so. */
export type RouteLimit = LimitName | "exempt";
