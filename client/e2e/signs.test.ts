import type { ParticipantsAck } from "@darasa/protocol";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { findBarriers } from "./setup/accessibility.ts";
import {
  enterByCode,
  enterClass,
  passLobbyUnseen,
  reachLobbyByCode,
  say,
  signInAsTeacher,
  waitForChat,
} from "./setup/person.ts";
import { startClass } from "./setup/schoolApi.ts";
import { waitForText, waitForTextGone } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { people, arrive } = createVisitors();

test("[P9 P11 P12] who writes, reacts and is where is seen by the others, by keyboard as by finger", async () => {
  const liveClass = await startClass(school, { title: "Signs" });
  const [teacher, student, phone] = [
    await arrive(),
    await arrive({ width: "tablet" }),
    await arrive({ width: "phone" }),
  ];
  const said = countPresenceSaid(teacher.page);
  const looked = countLooksAtDoor(teacher.page);
  await signInAsTeacher(teacher.page, school);
  // Only the bar of a class with video is wanted here, and no pictures, which take both cores.
  await teacher.page.goto(liveClass.url);
  await reachLobbyByCode(student.page, liveClass, "Neema Kimaro");
  await reachLobbyByCode(phone.page, liveClass, "Baraka Mushi");
  await Promise.all(people.map(({ page }) => passLobbyUnseen(page)));

  // Writing shows while it is done, and not when it is sent.
  const field = student.page.getByRole("textbox", { name: "Your message" });
  await field.pressSequentially("A cell");
  const typing = teacher.page.getByText("Neema Kimaro is writing…").first();
  await typing.waitFor();
  await field.press("Enter");
  await typing.waitFor({ state: "detached", timeout: 4_000 });
  await field.pressSequentially("and");
  await typing.waitFor();
  await field.fill("");
  await typing.waitFor({ state: "detached", timeout: 4_000 });

  // Where people are stands in their row, and is right for who has just changed it.
  await teacher.page.keyboard.press("Alt+b");
  await student.page.getByRole("tab", { name: /People/ }).click();
  const rowOf = (name: string) =>
    student.page.getByRole("listitem").filter({ hasText: name }).last();
  await waitForText(rowOf("Amina Juma"), "on the board");
  await waitForTextGone(rowOf("Neema Kimaro"), "in the chat");

  // A reaction by keyboard, one by finger: two persons' are counted.
  await teacher.page.keyboard.press("Alt+e");
  await teacher.page.getByRole("menuitem", { name: "Applause" }).waitFor();
  await teacher.page.keyboard.press("ArrowDown");
  await teacher.page.keyboard.press("Enter");
  const applause = (page: Page) => page.locator('[data-reaction="clap"]');
  await waitForText(applause(phone.page), "Amina Juma");
  await waitForText(applause(teacher.page), "You");
  await phone.page.getByRole("button", { name: "React" }).tap();
  await phone.page.getByRole("menuitem", { name: "Applause" }).tap();
  await applause(student.page).first().waitFor();
  for (const { page } of people) {
    await applause(page).waitFor({ state: "detached" });
  }

  // A teacher's narrow window has them in its menu, and the same key opens them.
  await teacher.page.setViewportSize({ width: 360, height: 740 });
  await teacher.page.getByRole("contentinfo").getByLabel("More", { exact: true }).click();
  await teacher.page.getByRole("menuitem", { name: "React" }).click();
  await teacher.page.getByRole("menuitem", { name: "I like it" }).click();
  await phone.page.locator('[data-reaction="heart"]').waitFor();
  await teacher.page.keyboard.press("Alt+e");
  await teacher.page.getByRole("menuitem", { name: "Well done" }).waitFor();
  await teacher.page.keyboard.press("Enter");
  await phone.page.locator('[data-reaction="thumbs_up"]').waitFor();

  // What the others do is no reason to say it all again.
  expect(said()).toBeLessThan(6);
  expect(looked()).toBeLessThan(8);
  for (const { page } of people) expect(await findBarriers(page)).toEqual([]);
});

test("[P10] a hall's people are found by name, in pages", async () => {
  const liveClass = await startClass(school, { title: "A hall", video: "none" });
  const [teacher, guest] = [await arrive(), await arrive({ width: "phone" })];
  await makeHall(guest.page, 2_345);
  await signInAsTeacher(teacher.page, school);
  await enterClass(teacher.page, liveClass);
  await enterByCode(guest.page, liveClass, "One of Many");
  await guest.page.getByRole("button", { name: /People/ }).tap();
  await waitForText(guest.page, /2,?345 people here/);
  const rows = guest.page.getByRole("list", { name: "People" }).getByRole("listitem");
  await waitForText(guest.page, "Student 0001");
  expect(await rows.count()).toBeLessThan(40);

  // The end of a page brings the next one.
  const list = guest.page.getByRole("region", { name: "People" });
  await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await waitForText(guest.page, "Student 0101");
  await guest.page.getByRole("searchbox", { name: "Find somebody by name" }).fill("student 2001");
  await waitForText(guest.page, "1 person found");
  expect(await findBarriers(guest.page)).toEqual([]);
  await say(teacher.page, "Welcome");
  await guest.page.getByRole("button", { name: /Chat/ }).tap();
  await waitForChat(guest.page, ["Welcome"]);
});

/** How often that page told where its person is. */
function countPresenceSaid(page: Page): () => number {
  let count = 0;
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => {
      if (payload.includes('"type":"setPresence"')) count += 1;
    });
  });
  return () => count;
}

/** How often that page asked who waits to be let in. */
function countLooksAtDoor(page: Page): () => number {
  let count = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/waiting")) count += 1;
  });
  return () => count;
}

interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly result?: { readonly participants?: unknown };
  readonly after?: string | null;
  readonly query?: string;
}

/** Lets that page believe that so many are in the room; all else is the server's. */
async function makeHall(page: Page, count: number): Promise<void> {
  const all = Array.from({ length: count }, (_, index) => makeStudent(index + 1));
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      const frame = JSON.parse(String(text)) as Frame;
      if (frame.type !== "getParticipants") {
        server.send(text);
        return;
      }
      const result = pageOf(all, frame);
      socket.send(JSON.stringify({ type: "ack", id: frame.id, result }));
    });
    server.onMessage((text) => {
      const frames = [JSON.parse(String(text)) as Frame | Frame[]].flat();
      socket.send(JSON.stringify(frames.map((frame) => withCount(frame, count))));
    });
  });
}

function withCount(frame: Frame, count: number): unknown {
  if (frame.type === "presence") return { ...frame, count };
  const isJoin = frame.type === "ack" && frame.result?.participants !== undefined;
  return isJoin ? { ...frame, result: { ...frame.result, count } } : frame;
}

function makeStudent(n: number) {
  return {
    participantId: `00000000-0000-4000-9000-${String(n).padStart(12, "0")}`,
    name: `Student ${String(n).padStart(4, "0")}`,
    role: "student",
    joinedAtMs: 0,
    inClass: true,
    drawAllowed: false,
    handRaisedAtMs: null,
    context: "class",
    idle: n % 5 === 0,
    media: { microphone: false, camera: false, screen: false },
  };
}

function pageOf(all: readonly ReturnType<typeof makeStudent>[], { after, query = "" }: Frame) {
  const found = all.filter(
    ({ participantId, name }) =>
      participantId > (after ?? "") && name.toLowerCase().includes(query.toLowerCase()),
  );
  const participants = found.slice(0, 100);
  const next = found.length > 100 ? participants.at(-1)?.participantId : null;
  return { participants, next, count: all.length } as unknown as ParticipantsAck;
}
