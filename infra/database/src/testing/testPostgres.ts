import type { RolePasswords } from "../prepareCluster.ts";
import { prepareCluster } from "../prepareCluster.ts";
import { migrate } from "../migrate.ts";
import { demoPlan } from "../demo/demoPlan.ts";
import { seedSchool } from "../demo/seedSchool.ts";
import { neighbourPlan } from "./neighbourPlan.ts";

/** The Postgres of a test run, as vitest's global setup provides it under `postgres`. */
export interface TestPostgres {
  readonly superuserUrl: string;
  readonly passwords: RolePasswords;
  /** A migrated and seeded database that nobody is connected to: others are copied from it. */
  readonly templateName: string;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly postgres: TestPostgres;
  }
}

/** Of every account in every test database. */
export const testPassword = "open sesame";

/** Makes roles and template on a fresh cluster; what it returns is what tests need to know. */
export async function prepareTestPostgres(superuserUrl: string): Promise<TestPostgres> {
  const passwords = { owner: "owner", app: "app", writer: "writer" };
  const templateName = "darasa_template";
  const urls = await prepareCluster(superuserUrl, { passwords, databaseName: templateName });
  await migrate(urls.ownerUrl);
  await seedSchool(urls, demoPlan, testPassword);
  await seedSchool(urls, neighbourPlan, testPassword);
  return { superuserUrl, passwords, templateName };
}
