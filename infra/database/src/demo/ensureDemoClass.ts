import { randomInt } from "node:crypto";
import { classCodeAlphabet, classCodeLength } from "@darasa/protocol";
import * as z from "zod";
import type { Database, SchoolTransaction } from "../createDatabase.ts";
import { sql } from "../sql.ts";
import { demoClassTitle } from "./demoPlan.ts";
import type { DemoSchool } from "./seedDemoSchool.ts";

export interface DemoClass {
  readonly liveClassId: string;
  readonly code: string;
}

const demoClassRow = z.object({ liveClassId: z.string(), code: z.string() });

/**
 * A live class of the demo school that can be joined: the one that is there, so that links go on working,
 * or a new one that starts now.
 */
export async function ensureDemoClass(
  database: Database,
  demo: DemoSchool,
  makeCode: () => string = randomClassCode,
): Promise<DemoClass> {
  return database.inSchool(
    demo.schoolId,
    async (tx) => (await findClass(tx, demo)) ?? (await addClass(tx, demo, makeCode())),
  );
}

/** Six characters that nobody confuses when they are read aloud. */
export function randomClassCode(): string {
  const letter = () => classCodeAlphabet.charAt(randomInt(classCodeAlphabet.length));
  return Array.from({ length: classCodeLength }, letter).join("");
}

/** A scheduled class that nobody started is moved to now, or it would be yesterday's. */
async function findClass(tx: SchoolTransaction, demo: DemoSchool): Promise<DemoClass | null> {
  return tx.maybeOne(sql.type(demoClassRow)`
    update live_classes c
    set starts_at = case when c.status = 'scheduled' then now() else c.starts_at end
    where c.live_class_id = (
      select live_class_id from live_classes
      where room_id = ${demo.rooms.mathematics.roomId} and title = ${demoClassTitle}
        and status <> 'ended' and code is not null
      order by status = 'live' desc, starts_at desc
      limit 1
    )
    returning c.live_class_id as "liveClassId", c.code`);
}

async function addClass(tx: SchoolTransaction, demo: DemoSchool, code: string): Promise<DemoClass> {
  return tx.one(sql.type(demoClassRow)`
    insert into live_classes (school_id, room_id, title, code, starts_at, created_by)
    values (${demo.schoolId}, ${demo.rooms.mathematics.roomId}, ${demoClassTitle}, ${code}, now(),
      ${demo.people.teacher.userId})
    returning live_class_id as "liveClassId", code`);
}
