import { demoPlan } from "../../infra/database/src/demo/demoPlan.ts";
import { nameSchool } from "../../infra/database/src/demo/schoolPlan.ts";

/** The school that is seeded, with its ids, which are the same everywhere. */
export const demoSchool = nameSchool(demoPlan);
