import type { ConnectionMode } from "@darasa/protocol";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { HarnessWindow, Picture, RemoteView } from "./mesh/harnessWindow.ts";
import { createMeshHub, type MeshHub, type MeshPerson } from "./mesh/meshHub.ts";
import { serveHarness } from "./mesh/serveHarness.ts";
import { launchBrowser } from "./setup/browser.ts";

let browser: Browser;
let harness: Awaited<ReturnType<typeof serveHarness>>;
let hub: MeshHub;
let contexts: BrowserContext[] = [];
let arrived = 0;
const errors: string[] = [];

beforeAll(async () => {
  [browser, harness] = await Promise.all([launchBrowser(), serveHarness("mesh")]);
});
afterAll(async () => {
  await browser.close();
  await harness.close();
});
beforeEach(() => {
  hub = createMeshHub();
  arrived = 0;
  errors.length = 0;
});
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
  expect(errors).toEqual([]);
});

/** Somebody at a page that has not begun; ids go up, so that of two the later one offers. */
async function arrive(permissions: string[] = ["camera", "microphone"]): Promise<MeshPerson> {
  const number = String((arrived += 1)).padStart(12, "0");
  const context = await browser.newContext({ permissions });
  contexts.push(context);
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(String(error)));
  const person = await hub.addPerson(page, `00000000-0000-4000-8000-${number}`);
  await page.goto(harness.url);
  await page.waitForFunction(() => (window as unknown as HarnessWindow).isHarnessReady);
  return person;
}

async function meet(count: number): Promise<MeshPerson[]> {
  const people = await Promise.all(Array.from({ length: count }, () => arrive()));
  await Promise.all(people.map((person) => person.start()));
  return people;
}

const pictures = (person: MeshPerson): Promise<Picture[]> =>
  person.page.evaluate(() => (window as unknown as HarnessWindow).mesh.pictures());
const remotes = (person: MeshPerson): Promise<RemoteView[]> =>
  person.page.evaluate(() => (window as unknown as HarnessWindow).mesh.remotes());
const paths = (person: MeshPerson): Promise<string[]> =>
  person.page.evaluate(() => (window as unknown as HarnessWindow).mesh.paths());
const setTrack = (person: MeshPerson, kind: "camera" | "screen", on: boolean): Promise<void> =>
  person.page.evaluate(
    ([track, wanted]) => (window as unknown as HarnessWindow).mesh.setTrack(track, wanted),
    [kind, on] as const,
  );

/** Frames go up in both: what is decoded and what is painted. One without the other is a frozen picture. */
async function expectMoving(person: MeshPerson, names: readonly string[]): Promise<void> {
  const before = await expect
    .poll(() => pictures(person), { interval: 200 })
    .toSatisfy((shown: Picture[]) => names.every((name) => shown.some((it) => it.name === name)))
    .then(() => pictures(person));
  const isMoving = (shown: readonly Picture[], name: string): boolean => {
    const first = before.find((picture) => picture.name === name);
    const now = shown.find((picture) => picture.name === name);
    if (first === undefined || now === undefined) return false;
    return now.painted >= first.painted + 5 && now.decoded >= first.decoded + 5 && now.width > 0;
  };
  await expect
    .poll(
      async () => {
        const shown = await pictures(person);
        return names.filter((name) => !isMoving(shown, name));
      },
      { interval: 200 },
    )
    .toEqual([]);
}

async function expectAllMoving(people: readonly MeshPerson[], kinds = ["camera"]): Promise<void> {
  await Promise.all(
    people.map((person) => {
      const others = people.filter((other) => other !== person);
      return expectMoving(
        person,
        others.flatMap((other) => kinds.map((kind) => `${other.participantId} ${kind}`)),
      );
    }),
  );
}

describe("mesh of real browsers", () => {
  it.each([2, 3, 4])("shows %i people to each other, moving", async (count) => {
    const people = await meet(count);
    await expectAllMoving(people);
    for (const person of people)
      expect((await remotes(person)).map((remote) => remote.connection)).toEqual(
        Array.from({ length: count - 1 }, () => "connected"),
      );
  });

  it("carries sound, and counts its bytes", async () => {
    const [teacher, student] = await Promise.all([arrive(), arrive()]);
    await Promise.all([teacher.start(), student.start(true)]);
    await expectAllMoving([teacher, student]);
    await expect
      .poll(async () => {
        const levels = await teacher.page.evaluate(() =>
          (window as unknown as HarnessWindow).mesh.levels(),
        );
        return levels[student.participantId] ?? 0;
      })
      .toBeGreaterThan(0.01);
    await expect
      .poll(async () => {
        const { bytesReceived, bytesSent } = await teacher.page.evaluate(() =>
          (window as unknown as HarnessWindow).mesh.statistics(),
        );
        return Math.min(bytesReceived, bytesSent);
      })
      .toBeGreaterThan(10_000);
  });

  it("switches cameras off and on again, and tells everybody", async () => {
    const people = await meet(3);
    await expectAllMoving(people);
    const [first, second, third] = people as [MeshPerson, MeshPerson, MeshPerson];
    await setTrack(second, "camera", false);
    expect(second.media()).toEqual({ microphone: true, camera: false, screen: false });
    for (const person of [first, third])
      await expect
        .poll(async () =>
          (await remotes(person)).find((it) => it.participantId === second.participantId),
        )
        .toMatchObject({ camera: false, connection: "connected" });
    await setTrack(second, "camera", true);
    await expectAllMoving(people);
  });

  it("takes as much of the others as one wants, and gives no picture where one takes none", async () => {
    const people = await meet(3);
    await expectAllMoving(people);
    const [teacher, other, student] = people as [MeshPerson, MeshPerson, MeshPerson];
    const setMode = (mode: ConnectionMode): Promise<void> =>
      student.page.evaluate((to) => (window as unknown as HarnessWindow).mesh.setMode(to), mode);
    const shownTo = async (person: MeshPerson): Promise<unknown> =>
      Object.fromEntries(
        (await remotes(person)).map(({ participantId, camera }) => [participantId, camera]),
      );
    await student.page.evaluate(
      (ids) => (window as unknown as HarnessWindow).mesh.setTeachers(ids),
      [teacher.participantId],
    );
    await setMode("lite");
    await expect
      .poll(() => shownTo(student))
      .toEqual({ [teacher.participantId]: true, [other.participantId]: false });
    await expectMoving(student, [`${teacher.participantId} camera`]);
    await expectMoving(other, [`${student.participantId} camera`]);
    await setMode("audio");
    await expect
      .poll(() => shownTo(student))
      .toEqual({ [teacher.participantId]: false, [other.participantId]: false });
    await expect
      .poll(() => shownTo(teacher))
      .toEqual({ [other.participantId]: true, [student.participantId]: false });
    await setMode("text");
    await expect.poll(() => hub.members().length).toBe(2);
    await setMode("full");
    await expectMoving(
      student,
      [teacher, other].map(({ participantId }) => `${participantId} camera`),
    );
    await setTrack(student, "camera", true);
    await expectAllMoving(people);
  });

  it("shows the screens of both sides, shared at the same moment, beside their cameras", async () => {
    const people = await meet(2);
    await expectAllMoving(people);
    await Promise.all(people.map((person) => setTrack(person, "screen", true)));
    await expectAllMoving(people, ["camera", "screen"]);
    await Promise.all(people.map((person) => setTrack(person, "screen", false)));
    for (const person of people)
      await expect.poll(() => remotes(person)).toMatchObject([{ camera: true, screen: false }]);
    await expectAllMoving(people);
  });

  it("goes on moving when all paths are restarted by all at once, again and again", async () => {
    const people = await meet(3);
    await expectAllMoving(people);
    for (let round = 0; round < 3; round += 1) {
      const before = await Promise.all(people.map(paths));
      await Promise.all(
        people.map((person) =>
          person.page.evaluate(() => window.dispatchEvent(new Event("online"))),
        ),
      );
      for (const [index, person] of people.entries())
        await expect
          .poll(async () => (await paths(person)).filter((path) => before[index]?.includes(path)))
          .toEqual([]);
      await expectAllMoving(people);
    }
  });

  it("forgets who leaves and shows who comes back", async () => {
    const people = await meet(3);
    await expectAllMoving(people);
    const [first, second, third] = people as [MeshPerson, MeshPerson, MeshPerson];
    await third.stop();
    for (const person of [first, second])
      await expect
        .poll(async () => (await remotes(person)).map((it) => it.participantId))
        .not.toContain(third.participantId);
    const left = await third.page.evaluate(() => ({
      open: (window as unknown as HarnessWindow).mesh.openConnections(),
    }));
    expect(left.open).toBe(0);
    await third.start();
    await expectAllMoving(people);
  });

  it("shows everybody again, moving, after the gateway was restarted", async () => {
    const people = await meet(3);
    await expectAllMoving(people);
    await hub.restart();
    await expect.poll(() => hub.members().length).toBe(3);
    for (const person of people)
      await expect
        .poll(() =>
          person.page.evaluate(() => (window as unknown as HarnessWindow).mesh.openConnections()),
        )
        .toBe(2);
    await expectAllMoving(people);
  });

  it("says that a pair cannot reach each other, and connects it when the wire is back", async () => {
    const both = await Promise.all([arrive(), arrive()]);
    // They have 15 s for it, and 5 s until they try again.
    await Promise.all(both.map(({ page }) => page.clock.install()));
    hub.setWire(false);
    await Promise.all(both.map((person) => person.start()));
    await Promise.all(both.map(({ page }) => page.clock.fastForward(15_000)));
    for (const person of both)
      await expect.poll(() => remotes(person)).toMatchObject([{ connection: "failed" }]);
    hub.setWire(true);
    await Promise.all(both.map(({ page }) => page.clock.fastForward(5_000)));
    await expectAllMoving(both);
  });

  it("lets in no more than the mesh holds, and the one too many when somebody leaves", async () => {
    const people = await Promise.all(Array.from({ length: 7 }, () => arrive([])));
    await people[6]?.page.clock.install();
    for (const person of people)
      await person.page.evaluate(
        ([id, session]) => {
          // Nobody needs a picture to fill a mesh.
          Object.defineProperty(navigator, "mediaDevices", { value: undefined });
          return (window as unknown as HarnessWindow).mesh.start(id, session);
        },
        [person.participantId, person.sessionId()] as const,
      );
    const statuses = (): Promise<string[]> =>
      Promise.all(
        people.map((person) =>
          person.page.evaluate(() => (window as unknown as HarnessWindow).mesh.status()),
        ),
      );
    expect(await statuses()).toEqual([...Array<string>(6).fill("connected"), "refused"]);
    await people[0]?.stop();
    // It is looked every 15 s whether somebody has left.
    await people[6]?.page.clock.fastForward(15_000);
    await expect.poll(async () => (await statuses()).at(-1)).toBe("connected");
  });

  it("enters with a device denied, says so, and still sees the others", async () => {
    const [first, second] = await Promise.all([arrive(), arrive()]);
    await second.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
    });
    await Promise.all([first.start(), second.start()]);
    await expectMoving(second, [`${first.participantId} camera`]);
    const camera = await second.page.evaluate(() =>
      (window as unknown as HarnessWindow).mesh.local("camera"),
    );
    expect(camera).toEqual({ state: "off", problem: "denied" });
    await expect
      .poll(() => remotes(first))
      .toMatchObject([{ camera: false, connection: "connected" }]);
  });
});
