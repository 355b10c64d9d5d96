import type { DatabaseUrls } from "../prepareCluster.ts";
import { demoPlan, type DemoPerson, type DemoRoom } from "./demoPlan.ts";
import type { SeededSchool } from "./schoolPlan.ts";
import { seedSchool } from "./seedSchool.ts";

export type DemoSchool = SeededSchool<DemoPerson, DemoRoom>;

/** The demo school with this password for all its accounts; safe to run at every start. */
export function seedDemoSchool(
  urls: Pick<DatabaseUrls, "ownerUrl" | "appUrl">,
  password: string,
): Promise<DemoSchool> {
  return seedSchool(urls, demoPlan, password);
}
