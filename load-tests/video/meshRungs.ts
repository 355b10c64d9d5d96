import type { HarnessWindow } from "../../client/e2e/mesh/harnessWindow.ts";
import { createMeshHub, type MeshPerson } from "../../client/e2e/mesh/meshHub.ts";
import { serveHarness } from "../../client/e2e/mesh/serveHarness.ts";
import { launchChromium } from "../figures/launchChromium.ts";
import { measureRungs, speakWithoutPause } from "./rungBytes.ts";

/** The same class as LiveKit's, everybody connected with everybody. */
export async function measureMeshRungs(seconds: number): ReturnType<typeof measureRungs> {
  const [browser, harness] = await Promise.all([launchChromium(), serveHarness("mesh")]);
  try {
    const hub = createMeshHub();
    const people: MeshPerson[] = [];
    for (let index = 0; index < 4; index += 1) {
      const context = await browser.newContext({ permissions: ["camera", "microphone"] });
      if (index === 0) await speakWithoutPause(context);
      const page = await context.newPage();
      await page.goto(harness.url);
      await page.waitForFunction(() => (window as unknown as HarnessWindow).isHarnessReady);
      people.push(await hub.addPerson(page));
    }
    const [teacher, student] = [people[0], people.at(-1)];
    if (teacher === undefined || student === undefined) throw new Error("nobody came");
    for (const person of people) {
      await person.start();
      await person.page.evaluate(
        async ([teacherId, speaks]) => {
          const { mesh } = window as unknown as HarnessWindow;
          mesh.setTeachers([teacherId]);
          await mesh.setTrack("microphone", speaks);
        },
        [teacher.participantId, person === teacher] as const,
      );
    }
    return await measureRungs(studentAt(student), seconds);
  } finally {
    await Promise.all([browser.close(), harness.close()]);
  }
}

function studentAt({ page }: MeshPerson): Parameters<typeof measureRungs>[0] {
  return {
    setMode: (mode) =>
      page.evaluate((to) => (window as unknown as HarnessWindow).mesh.setMode(to), mode),
    showCamera: () =>
      page.evaluate(() => (window as unknown as HarnessWindow).mesh.setTrack("camera", true)),
    statistics: () => page.evaluate(() => (window as unknown as HarnessWindow).mesh.statistics()),
  };
}
