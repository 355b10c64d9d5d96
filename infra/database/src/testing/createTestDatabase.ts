import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createDatabase, type Database } from "../createDatabase.ts";
import { demoPlan } from "../demo/demoPlan.ts";
import { nameSchool, type SeededSchool } from "../demo/schoolPlan.ts";
import type { DemoSchool } from "../demo/seedDemoSchool.ts";
import { databaseUrls, type DatabaseUrls } from "../prepareCluster.ts";
import { withClient } from "../withClient.ts";
import { neighbourPlan, type NeighbourPerson } from "./neighbourPlan.ts";
import { testPassword } from "./testPostgres.ts";

/** A database of its own for one test file, with two seeded schools. */
export interface TestDatabase extends DatabaseUrls {
  /** Connected as darasa_app. */
  readonly database: Database;
  /** As superuser, for what no program of ours may do: breaking things. */
  readonly superuserUrl: string;
  readonly schoolId: string;
  /** The demo school: `people.teacher`, `people.baraka` …, `rooms.mathematics` …, with their ids. */
  readonly demo: DemoSchool;
  readonly people: DemoSchool["people"];
  readonly rooms: DemoSchool["rooms"];
  /** Another school, whose things must be out of reach: `people.teacher`, `rooms.history`. */
  readonly neighbour: SeededSchool<NeighbourPerson, "history">;
  /** Of every account. */
  readonly password: string;
  /** Closes `database` and removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** A fresh copy of the migrated and seeded template (about 20 ms); call it in `beforeAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { superuserUrl, passwords, templateName } = inject("postgres");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const identifier = pg.escapeIdentifier(name);
  await withClient(superuserUrl, async (client) => {
    await client.query(
      `create database ${identifier} template ${pg.escapeIdentifier(templateName)} strategy file_copy owner darasa_owner`,
    );
    await client.query(`revoke all on database ${identifier} from public`);
    await client.query(`grant connect on database ${identifier} to darasa_app, darasa_writer`);
  });
  const urls = databaseUrls(superuserUrl, passwords, name);
  const database = await createDatabase(urls.appUrl, { maxConnections: 6 });
  const demo = nameSchool(demoPlan);
  return {
    ...urls,
    superuserUrl: superuserUrlOf(superuserUrl, name),
    database,
    schoolId: demo.schoolId,
    demo,
    people: demo.people,
    rooms: demo.rooms,
    neighbour: nameSchool(neighbourPlan),
    password: testPassword,
    async drop() {
      await database.close();
      await withClient(superuserUrl, (client) =>
        client.query(`drop database if exists ${identifier} with (force)`),
      );
    },
  };
}

function superuserUrlOf(superuserUrl: string, databaseName: string): string {
  const url = new URL(superuserUrl);
  url.pathname = `/${databaseName}`;
  return url.href;
}
