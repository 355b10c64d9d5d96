import type { components } from "../../api/schema.d.ts";

/** The school as those who run it see it. */
export type School = components["schemas"]["School"];

/** What of it is to be changed. */
export type SchoolChange = components["schemas"]["SchoolChange"];
