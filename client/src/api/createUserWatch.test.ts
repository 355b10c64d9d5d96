import { expect, it } from "vitest";
import { createUserWatch } from "./createUserWatch.ts";
import type { HeldSignIn } from "./createSignInKeeper.ts";
import { amina } from "./test/signedInUser.ts";

function makeTab(held: HeldSignIn | null) {
  const changed: string[] = [];
  let nowMs = 0;
  let asked = 0;
  const lookedAt = createUserWatch(
    { held: () => held, changeUser: ({ role }) => void changed.push(role) },
    {
      load: () => {
        asked += 1;
        return asked === 1
          ? Promise.reject(new Error("away"))
          : Promise.resolve({ ...amina, role: "school_admin" });
      },
      now: () => nowMs,
    },
  );
  return { lookedAt, changed, asked: () => asked, pass: (ms: number) => (nowMs += ms) };
}

it("learns of a new role when the page is looked at again, a minute later at the soonest", async () => {
  const tab = makeTab({ accessToken: "token", expiresAtMs: 0, user: amina });
  await tab.lookedAt();
  expect(tab.asked()).toBe(0);
  tab.pass(60_000);
  await tab.lookedAt();
  await tab.lookedAt();
  expect([tab.asked(), tab.changed]).toEqual([1, []]);
  tab.pass(60_000);
  await tab.lookedAt();
  expect(tab.changed).toEqual(["school_admin"]);
});

it("asks nothing for nobody", async () => {
  const tab = makeTab(null);
  tab.pass(60_000);
  await tab.lookedAt();
  expect(tab.asked()).toBe(0);
});
