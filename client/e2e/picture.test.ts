import { inject, test } from "vitest";
import {
  actOn,
  drawLine,
  enterByCode,
  enterClass,
  say,
  signInAsTeacher,
  waitForChat,
  waitForShapes,
  type Point,
} from "./setup/person.ts";
import { startClass } from "./setup/schoolApi.ts";
import { waitForMovingVideos } from "./setup/video.ts";
import { createVisitors } from "./setup/visitors.ts";

const school = inject("school");
const { arrive } = createVisitors();

const between = (from: Point, to: Point): Point[] =>
  Array.from({ length: 13 }, (_, step) => [
    from[0] + ((to[0] - from[0]) * step) / 12,
    from[1] + ((to[1] - from[1]) * step) / 12,
  ]);
const parabola = Array.from({ length: 41 }, (_, step): Point => {
  const x = (step - 20) / 10;
  return [500 + x * 130, 560 - x * x * 100];
});

/** The README's picture: copy it from test-output/ to client/e2e/screenshots/ when the classroom's look changes. */
test("a lesson as it looks", async () => {
  const teacher = (await arrive()).page;
  const neema = (await arrive()).page;
  const juma = (await arrive()).page;
  const liveClass = await startClass(school, { title: "Quadratic functions" });
  await signInAsTeacher(teacher, school);
  await enterClass(teacher, liveClass);
  await enterByCode(neema, liveClass, "Neema Kimaro");
  await enterByCode(juma, liveClass, "Juma Said");
  await waitForMovingVideos(teacher, 3);

  await drawLine(teacher, between([180, 560], [820, 560]));
  await drawLine(teacher, between([500, 640], [500, 130]));
  await drawLine(teacher, parabola);
  await teacher.getByRole("tab", { name: /People/ }).click();
  await actOn(teacher, "Neema Kimaro", "Allow drawing");
  await drawLine(neema, between([180, 360], [820, 360]));
  for (const page of [teacher, neema, juma]) await waitForShapes(page, 4);

  await teacher.getByRole("tab", { name: /Chat/ }).click();
  await say(teacher, "Where does y = x² meet the line y = 4?");
  await say(neema, "At x = 2");
  await say(juma, "And at x = −2!");
  const lines = ["Where does y = x² meet the line y = 4?", "At x = 2", "And at x = −2!"];
  await waitForChat(teacher, lines);
  await say(teacher, "Both right. Well done.");
  await waitForChat(juma, [...lines, "Both right. Well done."]);
  await teacher.locator('[data-board-state="stored"]').waitFor();
  await teacher.screenshot({ path: "test-output/lesson.png" });
});
