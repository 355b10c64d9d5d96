import type { components } from "../../api/schema.d.ts";

/** Somebody with an account of the school, as those see them who manage people. */
export type Person = components["schemas"]["Person"];

export type SchoolRole = Person["role"];
