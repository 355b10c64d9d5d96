import {
  checkRoles,
  createDatabase,
  ensureDemoClass,
  migrate,
  prepareCluster,
  seedDemoSchool,
  type DatabaseUrls,
} from "@darasa/database";
import type { Secrets } from "./secrets.ts";

export interface PreparedSchool {
  readonly urls: DatabaseUrls;
  /** Of the demo class that can be joined. */
  readonly code: string;
}

/** Roles, schema and demo school, brought up to date; safe at every start. */
export async function prepareSchool(
  superuserUrl: string,
  secrets: Secrets,
  onProgress: (line: string) => void,
): Promise<PreparedSchool> {
  const urls = await prepareCluster(superuserUrl, {
    passwords: {
      owner: secrets.ownerPassword,
      app: secrets.appPassword,
      writer: secrets.writerPassword,
    },
  });
  const migrations = await migrate(urls.ownerUrl);
  if (migrations.length > 0)
    onProgress(`Brought the database up to date: ${migrations.join(", ")}.`);
  await checkRoles(urls.appUrl);
  const demo = await seedDemoSchool(urls, secrets.demoPassword);
  const database = await createDatabase(urls.appUrl, { maxConnections: 1 });
  try {
    const { code } = await ensureDemoClass(database, demo);
    return { urls, code };
  } finally {
    await database.close();
  }
}
