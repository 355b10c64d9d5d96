import { randomUUID } from "node:crypto";
import type { ErrorCode, ParticipantId, TrackKind } from "@darasa/protocol";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  startLiveKitServer,
  type LiveKitTestServer,
} from "../../infra/database/src/testing/liveKitServer.ts";
import { findTestProgram } from "../../infra/database/src/testing/testProgram.ts";
import type { MediaCall } from "../src/media/livekit/mediaCall.ts";
import type { LiveKitWindow, Shown } from "./livekit/harnessWindow.ts";
import { createLiveKitAdmin, type LiveKitAdmin } from "./livekit/liveKitAdmin.ts";
import type { Picture } from "./mesh/harnessWindow.ts";
import { serveHarness } from "./mesh/serveHarness.ts";
import { launchBrowser } from "./setup/browser.ts";

const program = findTestProgram("livekit");
const path = "path" in program ? program.path : null;
const waiting = { interval: 100 };
const student: readonly TrackKind[] = ["microphone", "camera"];
const teacher: readonly TrackKind[] = ["microphone", "camera", "screen"];

let browser: Browser;
let harness: Awaited<ReturnType<typeof serveHarness>>;
let server: LiveKitTestServer;
let room: LiveKitAdmin;
/** Loaded once; each test enters a room of its own from them, as somebody else. */
let seats: readonly Seat[];
const errors: string[] = [];

interface Seat {
  readonly page: Page;
  person: Person | null;
}

interface Person {
  readonly id: ParticipantId;
  readonly page: Page;
  /** What the API answers to the next renewals. */
  answer: MediaCall | ErrorCode;
  readonly shown: () => Promise<Shown>;
  readonly pictures: () => Promise<Picture[]>;
}

async function openSeat(): Promise<Seat> {
  const context = await browser.newContext({ permissions: ["camera", "microphone"] });
  const page = await context.newPage();
  const seat: Seat = { page, person: null };
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.exposeFunction("nextCall", () => seat.person?.answer);
  await page.goto(harness.url);
  await page.waitForFunction(() => (window as unknown as LiveKitWindow).isHarnessReady);
  return seat;
}

async function enter(sources: readonly TrackKind[], speaks = false): Promise<Person> {
  const seat = seats.find(({ person }) => person === null);
  if (seat === undefined) throw new Error("no page is free");
  const { page } = seat;
  const id = randomUUID() as ParticipantId;
  const answer = room.callOf(id, sources);
  const person: Person = {
    id,
    page,
    answer,
    shown: () => page.evaluate(() => (window as unknown as LiveKitWindow).livekit.shown()),
    pictures: () => page.evaluate(() => (window as unknown as LiveKitWindow).livekit.pictures()),
  };
  seat.person = person;
  await start(person, { id, call: answer, speaks });
  return person;
}

const enterTwo = () => Promise.all([enter(teacher), enter(student)]);
const enterThree = () => Promise.all([enter(teacher), enter(student, true), enter(student)]);

const start = (
  { page }: Person,
  as: { readonly id: ParticipantId; readonly call: MediaCall; readonly speaks?: boolean },
): Promise<void> =>
  page.evaluate(
    ({ id, call, speaks }) => (window as unknown as LiveKitWindow).livekit.start(id, call, speaks),
    as,
  );

const stop = ({ page }: Person): Promise<void> =>
  page.evaluate(() => (window as unknown as LiveKitWindow).livekit.stop());

const setTrack = (person: Person, kind: TrackKind, on: boolean): Promise<void> =>
  person.page.evaluate(
    ([track, wanted]) => (window as unknown as LiveKitWindow).livekit.setTrack(track, wanted),
    [kind, on] as const,
  );

const setMode = (person: Person, mode: "full" | "lite" | "audio" | "text"): Promise<void> =>
  person.page.evaluate((to) => (window as unknown as LiveKitWindow).livekit.setMode(to), mode);

/** Frames go up in both: what is decoded and what is painted. One without the other is a frozen picture. */
async function expectMoving(person: Person, ...names: string[]): Promise<void> {
  const before = new Map<string, Picture>();
  await expect
    .poll(async () => {
      const shown = await person.pictures();
      return names.filter((name) => {
        const now = shown.find((picture) => picture.name === name);
        if (now === undefined) return true;
        const first = before.get(name) ?? now;
        before.set(name, first);
        return (
          now.painted < first.painted + 5 || now.decoded < first.decoded + 5 || now.width === 0
        );
      });
    }, waiting)
    .toEqual([]);
}

async function expectAllMoving(...people: Person[]): Promise<void> {
  await Promise.all(
    people.map((person) => {
      const others = people.filter((other) => other !== person);
      return expectMoving(person, ...others.map((other) => `${other.id} camera`));
    }),
  );
}

/** Asked again and again: which layers of one's own pictures were sent since the time before. */
function sentLayers(person: Person): () => Promise<string[]> {
  let before: Record<string, number> | null = null;
  return async () => {
    const now = await person.page.evaluate(() =>
      (window as unknown as LiveKitWindow).livekit.sentLayers(),
    );
    const last = before ?? now;
    before = now;
    return Object.keys(now).filter((layer) => (now[layer] ?? 0) > (last[layer] ?? 0));
  };
}

const slowly = { ...waiting, interval: 300 };
/** Of the largest none is sent as long as the line is thought to be too thin for it. */
const expectSendingMore = (person: Person): Promise<void> =>
  expect.poll(sentLayers(person), slowly).toEqual(expect.arrayContaining(["q", "h"]));
const expectSendingSmallest = (person: Person): Promise<void> =>
  expect.poll(sentLayers(person), slowly).toEqual(["q"]);

async function expectHearing(person: Person): Promise<void> {
  const energy = () =>
    person.page.evaluate(() => (window as unknown as LiveKitWindow).livekit.audioEnergy());
  const before = await energy();
  await expect.poll(energy, waiting).toBeGreaterThan(before);
}

describe.skipIf(path === null)("LiveKit, in real browsers", () => {
  beforeAll(async () => {
    [browser, harness, server] = await Promise.all([
      launchBrowser(),
      serveHarness("livekit"),
      startLiveKitServer(path ?? ""),
    ]);
    seats = await Promise.all([openSeat(), openSeat(), openSeat()]);
  });
  afterAll(async () => {
    await Promise.all([browser.close(), harness.close(), server.close()]);
  });
  beforeEach(() => {
    room = createLiveKitAdmin(server, randomUUID());
    errors.length = 0;
  });
  afterEach(async () => {
    for (const seat of seats) {
      if (seat.person !== null) await stop(seat.person);
      seat.person = null;
    }
    expect(errors).toEqual([]);
  });

  it("shows and plays three people to each other, and counts what it costs", async () => {
    const people = await enterThree();
    await expectAllMoving(...people);
    for (const person of people) await expectHearing(person);
    const [amina, neema] = people;
    await expect
      .poll(async () => {
        const levels = await amina.page.evaluate(() =>
          (window as unknown as LiveKitWindow).livekit.levels(),
        );
        return levels[neema.id] ?? 0;
      }, waiting)
      .toBeGreaterThan(0.02);
    const read = await amina.page.evaluate(() =>
      (window as unknown as LiveKitWindow).livekit.statistics(),
    );
    expect(read.bytesReceived).toBeGreaterThan(10_000);
    expect(read.bytesSent).toBeGreaterThan(10_000);
    expect(read.roundTripMs).toBeLessThan(1_000);
    expect(read.lossFraction).toBeLessThan(0.5);
    expect((await amina.shown()).remotes[neema.id]?.quality).toBe("good");
  });

  it("sends no sound while muted, and the same picture from another camera", async () => {
    const [amina, neema] = await enterTwo();
    await expectAllMoving(amina, neema);
    await setTrack(neema, "microphone", false);
    expect((await neema.shown()).media).toMatchObject({ microphone: false, camera: true });
    const sources = async () =>
      (await room.people())
        .find((one) => one.identity === neema.id)
        ?.tracks.map(({ source, muted }) => `${source}${muted ? " muted" : ""}`)
        .toSorted();
    await expect.poll(sources, waiting).toEqual(["CAMERA", "MICROPHONE muted"]);
    await neema.page.evaluate(() => (window as unknown as LiveKitWindow).livekit.reopenCamera());
    await setTrack(neema, "microphone", true);
    await expect.poll(sources, waiting).toEqual(["CAMERA", "MICROPHONE"]);
    await expectHearing(amina);
    await expectMoving(amina, `${neema.id} camera`);
    await setTrack(neema, "camera", false);
    await expect
      .poll(async () => (await amina.shown()).remotes[neema.id]?.streams, waiting)
      .toEqual(["microphone"]);
  });

  it("shares the screen of a teacher, and none of a student, whatever their browser claims", async () => {
    const [amina, neema] = await enterTwo();
    await setTrack(neema, "screen", true);
    expect(await neema.shown()).toMatchObject({
      can: { microphone: true, camera: true, screen: false },
      local: { screen: "off" },
    });
    await setTrack(amina, "screen", true);
    await expectMoving(neema, `${amina.id} camera`, `${amina.id} screen`);
    const forger = randomUUID() as ParticipantId;
    await neema.page.evaluate(
      (call) => (window as unknown as LiveKitWindow).livekit.forgeScreen(call),
      room.callOf(forger, student),
    );
    await expect
      .poll(async () => (await amina.shown()).remotes[forger]?.streams, waiting)
      .toEqual(["camera"]);
  });

  it("switches off what the server mutes, lets it be switched on again, and says so", async () => {
    const [amina, neema] = await enterTwo();
    await expectAllMoving(amina, neema);
    await room.mute(neema.id, "MICROPHONE");
    await expect
      .poll(neema.shown, waiting)
      .toMatchObject({ local: { microphone: "off" }, forcedOff: ["microphone"] });
    expect((await neema.shown()).media).toMatchObject({ microphone: false });
    await setTrack(neema, "microphone", true);
    await expectHearing(amina);
  });

  it("follows what the class lets one send, while one is in it", async () => {
    const [amina, neema] = await enterTwo();
    await expectAllMoving(amina, neema);
    await room.permit(neema.id, ["microphone"]);
    await expect.poll(neema.shown, waiting).toMatchObject({
      can: { microphone: true, camera: false },
      local: { microphone: "on", camera: "off" },
      forcedOff: ["camera"],
    });
    await setTrack(neema, "camera", true);
    expect((await neema.shown()).local.camera).toBe("off");
    await room.permit(neema.id, teacher);
    await expect.poll(neema.shown, waiting).toMatchObject({ can: { camera: true, screen: true } });
    await setTrack(neema, "camera", true);
    await expectMoving(amina, `${neema.id} camera`);
  });

  it("keeps out whom the teacher removed, and tells who came in by another window", async () => {
    const [amina, neema, baraka] = await enterThree();
    neema.answer = "removed";
    await room.remove(neema.id);
    await expect
      .poll(neema.shown, waiting)
      .toMatchObject({ status: "refused", refusal: "removed", local: { camera: "off" } });
    await expect
      .poll(async () => Object.keys((await amina.shown()).remotes), waiting)
      .toEqual([baraka.id]);
    await stop(neema);
    // A page that holds an old token and asks anew: the token has ended, and the API gives no other.
    const call = room.callOf(neema.id, student);
    await start(neema, { id: neema.id, call: { ...call, expiresInSeconds: 0 } });
    expect(await neema.shown()).toMatchObject({ status: "refused", refusal: "removed" });

    await stop(neema);
    await start(neema, { id: baraka.id, call: room.callOf(baraka.id, student) });
    await expect
      .poll(baraka.shown, waiting)
      .toMatchObject({ status: "refused", refusal: "conflict" });
    await expectMoving(amina, `${baraka.id} camera`);
  });

  it("takes as much of the class as one wants", async () => {
    const [amina, neema, baraka] = await enterThree();
    await expectAllMoving(amina, neema, baraka);
    await neema.page.evaluate(
      (ids) => (window as unknown as LiveKitWindow).livekit.setTeachers(ids),
      [amina.id],
    );
    const streams = async () => {
      const { remotes } = await neema.shown();
      return [remotes[amina.id]?.streams, remotes[baraka.id]?.streams];
    };
    const arriving = () =>
      neema.page.evaluate(() => (window as unknown as LiveKitWindow).livekit.arriving());
    await expectSendingMore(neema);
    await setMode(neema, "lite");
    // Not when the server is heard of next: what is not wanted is not shown from that moment.
    expect(await streams()).toEqual([["microphone", "camera"], ["microphone"]]);
    await expect.poll(arriving, waiting).toBe(1);
    await expect.poll(neema.pictures, waiting).toMatchObject([{ height: 180 }]);
    // Whoever looks at it, and however large.
    await expectSendingSmallest(neema);
    await expectMoving(amina, `${neema.id} camera`);
    await setMode(neema, "full");
    await expectSendingMore(neema);
    await setMode(neema, "lite");
    await setMode(neema, "audio");
    expect(await streams()).toEqual([["microphone"], ["microphone"]]);
    await expect.poll(arriving, waiting).toBe(0);
    await setMode(neema, "lite");
    await expect.poll(neema.pictures, waiting).toMatchObject([{ height: 180 }]);
    await setMode(neema, "audio");
    expect(await neema.shown()).toMatchObject({
      can: { microphone: true, camera: false, screen: false },
      local: { microphone: "on", camera: "off" },
    });
    await expectHearing(neema);
    await setMode(neema, "text");
    await expect
      .poll(async () => (await room.people()).map(({ identity }) => identity), waiting)
      .not.toContain(neema.id);
    expect(await neema.shown()).toMatchObject({ status: "idle", local: { microphone: "off" } });
    await setMode(neema, "full");
    await expectMoving(neema, `${amina.id} camera`, `${baraka.id} camera`);
    await expectHearing(neema);
  });

  it("is sent a picture no larger than it is shown, and none that is out of sight", async () => {
    const [amina, neema] = await enterTwo();
    await expectAllMoving(amina, neema);
    const want = (widthPixels: number) =>
      neema.page.evaluate(
        (picture) => (window as unknown as LiveKitWindow).livekit.setWanted(picture),
        { participantId: amina.id, source: "camera", widthPixels } as const,
      );
    await want(200);
    await expect.poll(neema.pictures, waiting).toMatchObject([{ width: 320 }]);
    await want(900);
    await expect.poll(neema.pictures, waiting).toMatchObject([{ width: 960 }]);
    await want(0);
    let before = -1;
    await expect
      .poll(
        async () => {
          const [picture] = await neema.pictures();
          const isStill = picture?.decoded === before;
          before = picture?.decoded ?? 0;
          return isStill;
        },
        { interval: 500 },
      )
      .toBe(true);
    await want(320);
    await expectMoving(neema, `${amina.id} camera`);
  });

  it("comes back with a fresh token after the server crashed", async () => {
    const [amina, neema] = await enterTwo();
    await expectAllMoving(amina, neema);
    await server.kill();
    await expect.poll(neema.shown, waiting).toMatchObject({ status: "reconnecting" });
    await server.start();
    await expect.poll(async () => (await neema.shown()).status, waiting).toBe("connected");
    await expectAllMoving(amina, neema);
  });
});
