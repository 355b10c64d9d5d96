import { expect, inject, test } from "vitest";
import { openCuttableNetwork } from "./setup/cuttableNetwork.ts";
import {
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

test("[M5] messages written without network, in a tab that was closed, are sent on return: in order, once", async () => {
  const network = await openCuttableNetwork(school.baseUrl);
  const liveClass = await startClass(school, { title: "Closed tab", video: "none" });
  const [teacher, guest] = [await arrive(), await arrive()];
  await signInAsTeacher(teacher.page, school);
  await enterClass(teacher.page, liveClass);
  const url = liveClass.url.replace(school.baseUrl, network.baseUrl);
  await enterByCode(guest.page, { ...liveClass, url }, "Thin Network");
  await say(guest.page, "with network");
  await waitForChat(teacher.page, ["with network"]);

  await waitForWholePage(guest.page);
  network.cut();
  await waitForText(guest.page, /The connection was lost|You are offline/);
  await say(guest.page, "without network 1");
  await say(guest.page, "without network 2");
  await waitForText(guest.page, "2 messages wait and will be sent.");
  await guest.page.getByRole("textbox", { name: "Your message" }).fill("half a thought");
  await guest.page.goto("about:blank");
  network.mend();
  await enterClass(guest.page, { ...liveClass, url });

  const lines = ["with network", "without network 1", "without network 2"];
  await waitForChat(teacher.page, lines);
  await waitForChat(guest.page, lines);
  await guest.page.locator('[data-state="waiting"]').first().waitFor({ state: "detached" });
  expect(await guest.page.getByRole("textbox", { name: "Your message" }).inputValue()).toBe(
    "half a thought",
  );
  await network.close();
});
