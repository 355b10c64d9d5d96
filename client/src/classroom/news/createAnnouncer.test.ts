import { describe, expect, test } from "vitest";
import { makeFakeEnvironment } from "../../connection/test/fakeEnvironment.ts";
import { createAnnouncer } from "./createAnnouncer.ts";

describe("createAnnouncer", () => {
  test("what is said within a second is said together, and then forgotten", () => {
    const environment = makeFakeEnvironment();
    const announcer = createAnnouncer(environment);
    announcer.say("Juma came.");
    environment.pass(900);
    announcer.say("Neema raised a hand.");
    expect(announcer.polite()).toBe("");
    environment.pass(100);
    expect(announcer.polite()).toBe("Juma came. Neema raised a hand.");
    environment.pass(7_000);
    expect(announcer.polite()).toBe("");
  });

  test("new words are not cut short by the end of the old ones", () => {
    const environment = makeFakeEnvironment();
    const announcer = createAnnouncer(environment);
    announcer.say("one");
    environment.pass(7_500);
    announcer.say("two");
    environment.pass(1_000);
    expect(announcer.polite()).toBe("two");
    environment.pass(3_000);
    expect(announcer.polite()).toBe("two");
  });

  test("an interruption is there at once", () => {
    const environment = makeFakeEnvironment();
    const announcer = createAnnouncer(environment);
    announcer.interrupt("You were muted.");
    expect(announcer.assertive()).toBe("You were muted.");
    environment.pass(7_000);
    expect(announcer.assertive()).toBe("");
  });
});
