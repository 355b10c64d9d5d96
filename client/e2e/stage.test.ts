import { expect, inject, test } from "vitest";
import { findBarriers } from "./setup/accessibility.ts";
import { enterByCode, enterClass, signInAsTeacher } from "./setup/person.ts";
import { startClass } from "./setup/schoolApi.ts";
import { waitForText, waitForTextGone } from "./setup/texts.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { arrive } = createVisitors();

test(
  "[P15 V8 V9] a teacher says who speaks and presents, and asks; a student is told and decides",
  { timeout: 120_000 },
  async () => {
    const liveClass = await startClass(school, { title: "Stage" });
    const [{ page: teacher }, { page: student }] = [await arrive(), await arrive()];
    await signInAsTeacher(teacher, school);
    await enterClass(teacher, liveClass);
    await enterByCode(student, liveClass, "Neema Kimaro");
    const camera = student.getByRole("button", { name: "Camera", exact: true });
    const isOn = async () => (await camera.getAttribute("aria-pressed")) === "true";
    await expect.poll(isOn).toBe(true);
    const screen = student.getByRole("button", { name: "Share screen" });
    expect(await screen.count()).toBe(0);

    // The class may not show cameras: they go off, and say why when one tries.
    await teacher.getByRole("button", { name: "Class controls" }).click();
    const switchOf = (name: string) => teacher.getByRole("switch", { name });
    await switchOf("Students may show their camera").click();
    expect(await findBarriers(teacher)).toEqual([]);
    await expect.poll(isOn).toBe(false);
    const reason = "You may not use your camera in this class for now.";
    await waitForText(student, reason);
    await camera.click();
    await waitForText(student, reason);
    expect(await isOn()).toBe(false);
    await switchOf("Students may show their camera").click();
    await teacher.keyboard.press("Escape");

    // Asked, one press switches it on; nobody else does.
    const menuOf = async (name: string) => {
      await teacher.getByRole("tab", { name: /People/ }).click();
      await teacher.getByRole("button", { name: "Actions for Neema Kimaro" }).click();
      await teacher.getByRole("menuitem", { name }).click();
    };
    await menuOf("Ask to switch the camera on");
    await waitForText(student, "Amina Juma asks you to switch your camera on.");
    expect(await isOn()).toBe(false);
    await student.getByRole("button", { name: "Switch on" }).click();
    await expect.poll(isOn).toBe(true);

    // Who presents may share a screen and draw, and all see who it is.
    await menuOf("Let present");
    await waitForText(student, "You present now");
    await screen.waitFor();
    await teacher
      .getByRole("listitem")
      .getByText("Presents")
      .first()
      .waitFor({ state: "attached" });

    // Away for a moment, they are missed, and come back as who presents.
    await student.goto("about:blank");
    await waitForText(teacher, "Who presents has left for now");
    expect(await findBarriers(teacher)).toEqual([]);
    await student.goBack();
    await student.getByRole("button", { name: "Join", exact: true }).click();
    await screen.waitFor();
    await waitForTextGone(teacher, "Who presents has left for now");
    await menuOf("Stop presenting");
    await screen.waitFor({ state: "detached" });
    expect(await findBarriers(student)).toEqual([]);
  },
);
