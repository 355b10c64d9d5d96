import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { checkRoles } from "./checkRoles.ts";
import { asSuperuser, createTestDatabase, type TestDatabase } from "./testing/index.ts";
import { findFreePortUrl } from "./testing/findFreePortUrl.ts";

describe("checkRoles", () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  it("accepts the app's and the writer's role", async () => {
    await expect(checkRoles(db.appUrl)).resolves.toBeUndefined();
    await expect(checkRoles(db.writerUrl)).resolves.toBeUndefined();
  });

  it("refuses the owner, and says what it owns", async () => {
    await expect(checkRoles(db.ownerUrl)).rejects.toThrow(/darasa_owner owns.*rooms/);
  });

  it("refuses a superuser", async () => {
    await expect(checkRoles(db.superuserUrl)).rejects.toThrow(/postgres is a superuser/);
  });

  it("refuses a role that passes row level security", async () => {
    const name = `bypasser_${process.pid}`;
    await asSuperuser(db, `create role ${name} login bypassrls password 'app'`);
    await asSuperuser(db, `grant connect on database ${databaseName(db)} to ${name}`);
    const url = new URL(db.appUrl);
    url.username = name;
    await expect(checkRoles(url.href)).rejects.toThrow(/has BYPASSRLS/);
    await asSuperuser(db, `drop owned by ${name}`);
    await asSuperuser(db, `drop role ${name}`);
  });

  it("refuses a database whose tables are not protected, and names all of them", async () => {
    const other = await createTestDatabase();
    await asSuperuser(other, "alter table users disable row level security");
    await asSuperuser(other, "alter table rooms no force row level security");
    await asSuperuser(other, "create table forgotten (school_id uuid)");
    await expect(checkRoles(other.appUrl)).rejects.toMatchObject({
      findings: [
        "forgotten has no row level security with FORCE",
        "rooms has no row level security with FORCE",
        "users has no row level security with FORCE",
      ],
    });
    await other.drop();
  });

  it("refuses an empty database", async () => {
    await expect(checkRoles(inject("postgres").superuserUrl)).rejects.toThrow(/no tables/);
  });

  it("says unavailable when there is no Postgres", async () => {
    await expect(checkRoles(await findFreePortUrl(db.appUrl))).rejects.toMatchObject({
      code: "unavailable",
    });
  });
});

const databaseName = (db: TestDatabase) => new URL(db.appUrl).pathname.slice(1);
