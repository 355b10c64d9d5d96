import { migrate, prepareCluster } from "@darasa/database";
import * as z from "zod";

const settings = z.object({
  /** A superuser of the server, for what only one may do: making the roles and the database. */
  SUPERUSER_URL: z.string().min(1),
  OWNER_PASSWORD: z.string().min(1),
  APP_PASSWORD: z.string().min(1),
  WRITER_PASSWORD: z.string().min(1),
  DATABASE_NAME: z.string().min(1).default("darasa"),
});

const parsed = settings.safeParse(process.env);
if (!parsed.success) {
  const names = parsed.error.issues.map(({ path }) => path.join("."));
  console.error(`Not set: ${names.join(", ")}`);
  process.exit(1);
}
const { SUPERUSER_URL, DATABASE_NAME, OWNER_PASSWORD, APP_PASSWORD, WRITER_PASSWORD } = parsed.data;

// Before api and realtime start, at every start: roles, database and schema as this version wants them.
const { ownerUrl } = await prepareCluster(SUPERUSER_URL, {
  passwords: { owner: OWNER_PASSWORD, app: APP_PASSWORD, writer: WRITER_PASSWORD },
  databaseName: DATABASE_NAME,
});
const applied = await migrate(ownerUrl);
console.log(applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}`);
