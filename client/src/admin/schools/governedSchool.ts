import type { components } from "../../api/schema.d.ts";

/** A school as those see it who run the server. */
export type GovernedSchool = components["schemas"]["GovernedSchool"];

/** What of it they may change. */
export type Governance = components["schemas"]["Governance"];
