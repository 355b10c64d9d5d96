import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser, openPerson, type Person, type Width } from "../setup/browser.ts";
import type { NamedJitsi } from "../setup/namedJitsi.ts";
import { actOn, enterByCode, enterClass, signInAsTeacher } from "../setup/person.ts";
import { setOwnJitsi, startClass } from "../setup/schoolApi.ts";
import { remoteVideos, waitForJitsiFrame } from "./jitsiFrame.ts";

/** What Jitsi's page asks of a camera at least. */
const picturesPerSecond = 20;

const switchOf = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const pressed = (page: Page, name: string) => switchOf(page, name).getAttribute("aria-pressed");

/** How many of the others' pictures moved since it was asked before. */
function createMovement(frame: Frame): () => Promise<number> {
  let before = new Map<string, number>();
  return async () => {
    const now = new Map(await remoteVideos(frame));
    const moved = [...now].filter(([id, frames]) => frames > (before.get(id) ?? frames));
    before = now;
    return moved.length;
  };
}

/** Classes that are held on that Jitsi, seen from Darasa's own pages. Who calls takes it away from the school again. */
export function describeRealJitsi(jitsi: NamedJitsi): void {
  describe(`a class on the Jitsi at ${jitsi.domain}`, () => {
    const school = inject("school");
    let browser: Browser;
    const people: Person[] = [];
    beforeAll(async () => {
      await setOwnJitsi(school, jitsi);
      browser = await launchBrowser({ picturesPerSecond });
    });
    afterAll(() => browser.close());
    afterEach(async () => {
      await Promise.all(people.splice(0).map(({ context }) => context.close()));
    });

    const arrive = async (width: Width, locale: string): Promise<Page> => {
      const person = await openPerson(browser, { width, locale, ignoreHTTPSErrors: true });
      people.push(person);
      return person.page;
    };

    /** A teacher and a student, whose browser speaks German, each with the frame of Jitsi's page. */
    const enterBoth = async (width: Width) => {
      const liveClass = await startClass(school, { title: `On Jitsi, ${width}`, video: "jitsi" });
      const [teacher, student] = [await arrive(width, "en-GB"), await arrive(width, "de-DE")];
      await signInAsTeacher(teacher, school);
      await enterClass(teacher, liveClass);
      await enterByCode(student, liveClass, "Neema Kimaro");
      const ofTeacher = createMovement(await waitForJitsiFrame(teacher));
      const frame = await waitForJitsiFrame(student);
      for (const page of width === "phone" ? [teacher, student] : []) {
        await page.getByRole("button", { name: "Video", exact: true }).tap();
      }
      const ofStudent = createMovement(frame);
      const patience = { timeout: 90_000, interval: 500 };
      await expect.poll(ofStudent, patience).toBe(1);
      await expect.poll(ofTeacher, patience).toBe(1);
      return { teacher, student, frame, ofTeacher, ofStudent };
    };

    it("lets teacher and student see each other, and its switches are ours", async () => {
      const { teacher, student, frame, ofStudent } = await enterBoth("wide");
      expect([await pressed(student, "Camera"), await pressed(student, "Microphone")]).toEqual([
        "true",
        "false",
      ]);
      expect(await frame.locator("html").getAttribute("lang")).toBe("en");
      await switchOf(teacher, "Camera").click();
      await expect.poll(ofStudent, { interval: 500 }).toBe(0);
      await switchOf(teacher, "Camera").click();
      await expect.poll(ofStudent, { interval: 500 }).toBe(1);
      expect(await pressed(teacher, "Camera")).toBe("true");
    });

    it("sends no pictures to whom sound is enough, and again to whom it is not", async () => {
      const { student, ofStudent } = await enterBoth("wide");
      const choose = async (mode: string): Promise<void> => {
        await student.getByRole("button", { name: "Connection" }).last().click();
        await student.getByRole("dialog").getByText(mode, { exact: true }).click();
        await student.keyboard.press("Escape");
      };
      await choose("Sound and board");
      await expect.poll(ofStudent, { interval: 500 }).toBe(0);
      await choose("Everything");
      await expect.poll(ofStudent, { interval: 500 }).toBe(1);
    });

    it("comes back by itself with a new token when its page goes away", async () => {
      const { student, frame, ofTeacher } = await enterBoth("wide");
      await frame.evaluate("location.reload()").catch(() => undefined);
      await expect.poll(ofTeacher, { interval: 500 }).toBe(0);
      await expect.poll(ofTeacher, { timeout: 90_000, interval: 500 }).toBe(1);
      await expect.poll(() => pressed(student, "Camera")).toBe("true");
    });

    it("knows nobody any more whom the teacher removed", async () => {
      const { teacher, student, ofTeacher } = await enterBoth("wide");
      await teacher.getByRole("tab", { name: "People" }).click();
      await actOn(teacher, "Neema Kimaro", "Remove from class…");
      await teacher
        .getByRole("dialog")
        .getByRole("button", { name: "Remove", exact: true })
        .click();
      await student.locator("iframe").waitFor({ state: "detached" });
      await expect.poll(ofTeacher, { interval: 500 }).toBe(0);
    });

    it.each(["tablet", "phone"] as const)("has its place on a %s", async (width) => {
      const { teacher, student } = await enterBoth(width);
      const news = (await waitForJitsiFrame(teacher)).getByText("joined the meeting");
      expect(await news.count()).toBe(0);
      await teacher.screenshot({ path: `test-output/real-jitsi-teacher-${width}.png` });
      await student.screenshot({ path: `test-output/real-jitsi-student-${width}.png` });
      const overflow =
        "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await student.evaluate(overflow)).toBe(0);
    });
  });
}
