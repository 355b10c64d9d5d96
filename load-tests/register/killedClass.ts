import { setTimeout as delay } from "node:timers/promises";
import { createDatabase } from "@darasa/database";
import pg from "pg";
import { until } from "../until.ts";
import { aged, Attendee, type Stay } from "./attendee.ts";
import type { Truth } from "./compareRegister.ts";
import { demoSchool } from "./demoSchool.ts";
import type { Killable, KillableSchool } from "./killableSchool.ts";
import { makeSchoolApi, type ReadRegister, type SchoolApi } from "./schoolApi.ts";

const { people, rooms } = demoSchool;
const inRoom = ["teacher", "baraka", "neema", "juma", "daudi"] as const;
const leaving = "daudi";
const onLiveKit = people.zawadi;
const hastyMs = 120_000;
const patientMs = 65_000;
const withinMs = 200_000;

/** A class in which nothing is safe: five are in it through two gateways, and one through LiveKit. */
export class KilledClass {
  readonly #school: KillableSchool;
  readonly #api: SchoolApi;
  readonly #isHasty: boolean;
  readonly #attendees = new Map<string, Attendee>();
  #id = "";
  #seenByLiveKit: Stay = { fromMs: 0, toMs: null };

  /** `isHasty`: time that has to go by is made up. */
  constructor(school: KillableSchool, isHasty: boolean) {
    this.#school = school;
    this.#api = makeSchoolApi(school);
    this.#isHasty = isHasty;
  }

  /** Starts it; all are on their way. */
  async begin(): Promise<void> {
    this.#id = await this.#api.startClass(await this.#teacherToken());
    const { gatewayUrls } = this.#school;
    for (const [index, key] of inRoom.entries()) {
      const token = await this.#api.signIn(people[key].email);
      const attendee = new Attendee({
        participantId: people[key].userId,
        gatewayUrl: gatewayUrls[index % 2] ?? "",
        room: rooms.mathematics.roomId,
        liveClass: this.#id,
        ticket: () => this.#api.join(token, this.#id),
      });
      this.#attendees.set(key, attendee);
    }
    await this.#api.join(await this.#api.signIn(onLiveKit.email), this.#id);
    this.#seenByLiveKit = { fromMs: Date.now(), toMs: null };
    await this.#tellOfLiveKit();
  }

  kill(victims: readonly Killable[]): Promise<void> {
    return this.#school.kill(victims);
  }

  start(victims: readonly Killable[]): Promise<void> {
    return this.#school.start(victims);
  }

  /** Who has not gone is in, and Postgres has it from their gateway that they are, at a moment after this call. */
  async everybodyIsHeld(): Promise<void> {
    const sinceMs = Date.now();
    const isHeld = async () => {
      const awaited = [...this.#attendees.values()].filter(({ hasGone }) => !hasGone);
      if (!awaited.every(({ isIn }) => isIn)) return false;
      return (await readSaid(this.#school, this.#id, sinceMs)) >= 2;
    };
    await until("everybody is in, and Postgres knows it", isHeld, { withinMs });
  }

  /** So long that who was seen before counts as present no more, and that no loss is too short to be seen. */
  async letTimePass(): Promise<void> {
    if (!this.#isHasty) return delay(patientMs);
    await makeOlder(this.#school, this.#id);
    for (const attendee of this.#attendees.values()) attendee.age(hastyMs);
    this.#seenByLiveKit = aged(this.#seenByLiveKit, hastyMs);
    await this.everybodyIsHeld();
  }

  /** One of those who are in does not come back. */
  oneGoes(): void {
    this.#attendees.get(leaving)?.go();
  }

  everybodyGoes(): void {
    for (const attendee of this.#attendees.values()) attendee.go();
  }

  /** Who is there through LiveKit alone has gone by now, and that is told. */
  async liveKitTells(): Promise<void> {
    this.#seenByLiveKit = { ...this.#seenByLiveKit, toMs: Date.now() };
    await this.#tellOfLiveKit();
  }

  /** Resolves when it has ended because no teacher is there. */
  async ends(): Promise<void> {
    if (this.#isHasty) await endWithoutTeacher(this.#school);
    const token = await this.#teacherToken();
    await until(
      "the class has ended",
      async () => (await this.#api.register(token, this.#id)).liveClass.status === "ended",
      // API's limits hold for the teacher, too.
      { withinMs, everyMs: 250 },
    );
  }

  /** Who was there when. */
  people(): readonly Truth[] {
    const attendees = [...this.#attendees.values()];
    return [
      ...attendees.map(({ participantId, stays }) => ({ participantId, stays })),
      { participantId: onLiveKit.userId, stays: [this.#seenByLiveKit] },
    ];
  }

  /** As the teacher reads it. */
  async register(): Promise<ReadRegister> {
    return this.#api.register(await this.#teacherToken(), this.#id);
  }

  #teacherToken(): Promise<string> {
    return this.#api.signIn(people.teacher.email);
  }

  #tellOfLiveKit(): Promise<void> {
    const { fromMs, toMs } = this.#seenByLiveKit;
    const told = { joinedAtMs: fromMs, leftAtMs: toMs };
    return this.#api.tellOfLiveKit({
      liveClassId: this.#id,
      participantId: onLiveKit.userId,
      ...told,
    });
  }
}

/** How many gateways have said since then whom they hold in the class. */
async function readSaid(school: KillableSchool, id: string, sinceMs: number): Promise<number> {
  const [row] = await asSuperuser(
    school,
    "select count(*)::int as said from attendance_beats where live_class_id = $1 and at >= $2",
    [id, new Date(sinceMs)],
  );
  return (row as { said: number } | undefined)?.said ?? 0;
}

/** All that is known of the class is as much older, so that nobody has to wait. */
async function makeOlder(school: KillableSchool, id: string): Promise<void> {
  const older = `at = at - interval '${hastyMs} milliseconds' where live_class_id = $1`;
  await asSuperuser(school, `update attendance_events set ${older}`, [id]);
  await asSuperuser(school, `update attendance_beats set ${older}`, [id]);
  await asSuperuser(
    school,
    `update live_classes set started_at = started_at - interval '${hastyMs} milliseconds'
     where live_class_id = $1`,
    [id],
  );
}

/** As api's own look does after so many minutes. */
async function endWithoutTeacher({ postgres }: KillableSchool): Promise<void> {
  const database = await createDatabase(postgres.appUrl, { maxConnections: 1 });
  try {
    await database.endAbandonedLiveClasses(0);
  } finally {
    await database.close();
  }
}

async function asSuperuser(
  { postgres }: KillableSchool,
  text: string,
  values: readonly unknown[],
): Promise<readonly unknown[]> {
  const client = new pg.Client(postgres.superuserUrl);
  await client.connect();
  try {
    return (await client.query<object>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
