import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import {
  chatLines,
  enterByCode,
  enterClass,
  say,
  signInAsTeacher,
  waitForChat,
  waitForWholePage,
} from "./setup/person.ts";
import { startClass } from "./setup/schoolApi.ts";
import { waitForText } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { arrive } = createVisitors();

async function waitForLostLine(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    await waitForText(page, /The connection was lost|You are offline/);
  }
}

test("[M2] two tabs of one person, without network: each message is sent once, in the order written", async () => {
  const liveClass = await startClass(school, { title: "Two tabs", video: "none" });
  const [teacher, guest] = [await arrive(), await arrive()];
  await signInAsTeacher(teacher.page, school);
  await enterClass(teacher.page, liveClass);
  await enterByCode(guest.page, liveClass, "Two Tabs");
  const [first, second] = [guest.page, await guest.context.newPage()];
  await enterClass(second, liveClass);

  // With network: the other tab shows it once, too.
  const lines = ["from the first", "from the second"];
  await say(first, "from the first");
  await waitForChat(second, lines.slice(0, 1));
  await say(second, "from the second");
  for (const page of [teacher.page, first, second]) await waitForChat(page, lines);
  for (const page of [first, second]) await waitForWholePage(page);

  // Without: both show what either wrote, and that it waits.
  await guest.context.setOffline(true);
  await waitForLostLine(first, second);
  await say(first, "offline 1");
  await waitForChat(second, [...lines, "offline 1"]);
  await say(second, "offline 2");
  await waitForChat(first, [...lines, "offline 1", "offline 2"]);
  await say(first, "offline 3");
  lines.push("offline 1", "offline 2", "offline 3");
  for (const page of [first, second]) {
    await waitForChat(page, lines);
    await waitForText(page, "3 messages wait and will be sent.");
  }

  // A closed tab leaves its messages to the other.
  await first.close();
  await guest.context.setOffline(false);
  for (const page of [teacher.page, second]) await waitForChat(page, lines);
  await second.locator('[data-state="waiting"]').first().waitFor({ state: "detached" });

  // A tab that is loaded anew finds what it had not sent.
  await guest.context.setOffline(true);
  await waitForLostLine(second);
  await say(second, "offline 4");
  await second.locator('[data-state="waiting"]').first().waitFor();
  await second.goto("about:blank");
  await guest.context.setOffline(false);
  await enterClass(second, liveClass);
  lines.push("offline 4");
  for (const page of [teacher.page, second]) await waitForChat(page, lines);
  expect(await chatLines(teacher.page)).toEqual(lines);
});
