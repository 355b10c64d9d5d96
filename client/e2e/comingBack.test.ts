import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startSchool, type TestSchool } from "../../infra/local/testing/startSchool.ts";
import type { Person } from "./setup/browser.ts";
import { openCuttableNetwork } from "./setup/cuttableNetwork.ts";
import {
  boardOf,
  chatLines,
  drawStroke,
  enterByCode,
  enterClass,
  say,
  signInAsTeacher,
  waitForShapes,
} from "./setup/person.ts";
import { startClass } from "./setup/schoolApi.ts";
import { waitForText } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { people, arrive } = createVisitors();
/** One whose gateway may be killed. It starts while the first journey waits for its network. */
let starting: Promise<TestSchool>;
beforeAll(() => {
  starting = startSchool();
});
afterAll(async () => (await starting).stop({ erase: true }));

/** Both have the same lines in the same order, and these among them exactly once. */
async function sameChat(both: readonly Person[], lines: readonly string[]): Promise<void> {
  await expect
    .poll(
      async () => {
        const [mine, theirs] = await Promise.all(both.map(({ page }) => chatLines(page)));
        const isWhole = lines.every((line) => mine?.filter((each) => each === line).length === 1);
        return isWhole && JSON.stringify(mine) === JSON.stringify(theirs);
      },
      { interval: 200 },
    )
    .toBe(true);
}

test("[T7] a network that was cut while both wrote and drew loses and doubles nothing, and nobody asks the API for a ticket", async () => {
  const network = await openCuttableNetwork(school.baseUrl);
  const liveClass = await startClass(school, { title: "Cut network", video: "none" });
  const [teacher, guest] = [await arrive(), await arrive()];
  await signInAsTeacher(teacher.page, school);
  await enterClass(teacher.page, liveClass);
  const url = liveClass.url.replace(school.baseUrl, network.baseUrl);
  await enterByCode(guest.page, { ...liveClass, url }, "Thin Network");
  await teacher.page.getByRole("button", { name: "Class controls" }).click();
  await teacher.page.getByRole("switch", { name: "Everybody may draw" }).click();
  await teacher.page.keyboard.press("Escape");
  await guest.page.getByTestId("tools.draw").waitFor();
  await say(teacher.page, "before");
  await sameChat([teacher, guest], ["before"]);

  let ticketsAsked = 0;
  guest.page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/realtime/ticket") ticketsAsked += 1;
  });
  network.cut();
  const cutAtMs = performance.now();
  await waitForText(guest.page, /The connection was lost|You are offline/);
  await say(guest.page, "written without network 1");
  await say(teacher.page, "written meanwhile 1");
  await drawStroke(guest.page, 0);
  await say(guest.page, "written without network 2");
  await say(teacher.page, "written meanwhile 2");
  await drawStroke(teacher.page, 1);
  await guest.page.locator('[data-state="waiting"]').first().waitFor();
  await expect.poll(() => performance.now() - cutAtMs).toBeGreaterThan(5_000);
  network.mend();

  await sameChat(
    [teacher, guest],
    [
      "before",
      "written without network 1",
      "written without network 2",
      "written meanwhile 1",
      "written meanwhile 2",
    ],
  );
  for (const { page } of people) await waitForShapes(page, 2);
  expect(ticketsAsked).toBe(0);
  await network.close();
});

test("a killed gateway is started again, and the class goes on by itself", async () => {
  const own = await starting;
  const liveClass = await startClass(own, { title: "Killed gateway", video: "none" });
  const [teacher, guest] = [await arrive(), await arrive()];
  await signInAsTeacher(teacher.page, own);
  await enterClass(teacher.page, liveClass);
  await enterByCode(guest.page, liveClass, "Patient Guest");
  await say(teacher.page, "before the fall");
  await drawStroke(teacher.page, 0);
  await waitForShapes(guest.page, 1);
  await boardOf(teacher.page).and(teacher.page.locator('[data-board-state="stored"]')).waitFor();

  await own.kill("realtime");
  await say(teacher.page, "while it was away");
  await sameChat([teacher, guest], ["before the fall", "while it was away"]);
  await drawStroke(teacher.page, 1);
  for (const { page } of people) await waitForShapes(page, 2);

  // A third person, who has nothing of their own, sees all of it.
  const late = await arrive();
  await enterByCode(late.page, liveClass, "Late Guest");
  await sameChat([teacher, late], ["before the fall", "while it was away"]);
  await waitForShapes(late.page, 2);
});
