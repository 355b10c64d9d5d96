import { once } from "node:events";
import { closeReasons } from "@darasa/protocol";
import { sql } from "@darasa/database";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import { signGatewayTicket } from "./support/signTicket.ts";
import { TestClient } from "./support/testClient.ts";

const minuteMs = 60_000;

let school: LocalSchool | null = null;
afterEach(async () => {
  await school?.stop();
  school = null;
});

/** What comes of a hello with a ticket that was signed by a clock that is off by `issuerOffMs`. */
async function hello(own: LocalSchool, issuerOffMs: number): Promise<"in" | number> {
  const issuedAtMs = Date.now() + issuerOffMs;
  const ticket = await signGatewayTicket(own.ticketKey, { ...own.teacher, issuedAtMs });
  const client = new TestClient(own.gateway.port);
  await once(client.socket, "open");
  client.sendRaw(JSON.stringify({ type: "hello", ticket }));
  return client
    .next("welcome")
    .then(() => "in" as const)
    .catch(() => client.closed());
}

const refused = closeReasons.unauthenticated.code;

describe("[T5] clocks that differ", () => {
  test("the API's: by less than a minute nobody notices, by ten nobody gets in", async () => {
    school = await startLocalSchool({ uptimeMs: 20 * minuteMs });
    for (const offMs of [-50_000, 0, 50_000]) expect(await hello(school, offMs)).toBe("in");
    for (const offMs of [-10 * minuteMs, 10 * minuteMs]) {
      expect(await hello(school, offMs), String(offMs)).toBe(refused);
    }
  });

  test.each([
    [-50_000, "in"],
    [50_000, "in"],
    [-10 * minuteMs, refused],
    [10 * minuteMs, refused],
  ] as const)("the gateway's by %i ms", async (offMs, outcome) => {
    school = await startLocalSchool({
      uptimeMs: 20 * minuteMs,
      now: () => Date.now() + offMs,
    });
    expect(await hello(school, 0)).toBe(outcome);
  });

  test("a clock that is set back while people are in puts nobody out, and lets them come again", async () => {
    let offMs = 0;
    school = await startLocalSchool({
      uptimeMs: 20 * minuteMs,
      now: () => Date.now() + offMs,
    });
    const client = await school.enter(school.teacher);
    offMs = -10 * minuteMs;
    await client.acked({ type: "sendMessage", room: school.room, body: "still here" });
    expect(await hello(school, offMs)).toBe("in");
    expect(client.closeCode).toBeNull();
  });
});

const wordSchema = z.object({ kind: z.string(), afterStartMs: z.number() });

/** What the register has of the first student, by the class's own time. */
function wordsOf({ database, students: [student] }: LocalSchool) {
  return database.database.inSchool(student.schoolId, (tx) =>
    tx.any(sql.type(wordSchema)`
      select e.kind, (extract(epoch from e.at - c.started_at) * 1000)::float8 as "afterStartMs"
      from attendance_events e join live_classes c using (live_class_id)
      where e.participant_id = ${student.participantId} order by e.at, e.kind`),
  );
}

test.each([-10, 10])(
  "the register goes by the class's own time, though the gateway's clock is set by %i minutes under it",
  async (minutes) => {
    let offMs = 0;
    const own = (school = await startLocalSchool({ now: () => Date.now() + offMs }));
    const client = await own.enter(own.students[0]);
    await vi.waitFor(async () => expect(await wordsOf(own)).toHaveLength(1));
    offMs = minutes * minuteMs;
    client.close();
    await vi.waitFor(async () => expect(await wordsOf(own)).toHaveLength(2));
    const words = await wordsOf(own);
    expect(words.map(({ kind }) => kind)).toEqual(["joined", "left"]);
    for (const { afterStartMs } of words) {
      expect(afterStartMs).toBeGreaterThan(-1_000);
      expect(afterStartMs).toBeLessThan(minuteMs);
    }
  },
);

test("[L1][M5] a clock that somebody sets again and again delays no message, and opens no bucket", async () => {
  let stepMs = 0;
  let offMs = 0;
  school = await startLocalSchool({ now: () => Date.now() + (offMs += stepMs) });
  const client = await school.enter(school.teacher);
  stepMs = 60 * minuteMs;
  await client.acked({ type: "sendMessage", room: school.room, body: "Habari" });
  for (let count = 0; count < 600; count += 1) {
    client.sendRaw(JSON.stringify({ type: "raiseHand", id: String(count), room: school.room }));
  }
  expect(await client.closed()).toBe(closeReasons.rate_limited.code);
});
