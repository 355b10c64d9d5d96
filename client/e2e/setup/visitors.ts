import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { tellLastSight } from "./lastSight.ts";
import { launchBrowser, openPerson, type Person } from "./browser.ts";

/** The people of a file's journeys, in one browser. */
export interface Visitors {
  /** Those of the journey that is running, in the order in which they came. */
  readonly people: readonly Person[];
  readonly arrive: (options?: Parameters<typeof openPerson>[1]) => Promise<Person>;
}

/**
 * Registers vitest's hooks for a file: a browser for all of its journeys; after each of them everybody leaves,
 * and no page may have thrown.
 */
export function createVisitors(): Visitors {
  let browser: Browser;
  const people: Person[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await tellLastSight(task.name, people);
    const errors = people.flatMap((person) => person.errors);
    await Promise.all(people.splice(0).map((person) => person.context.close()));
    expect(errors).toEqual([]);
  });
  return {
    people,
    async arrive(options) {
      const person = await openPerson(browser, options);
      people.push(person);
      return person;
    },
  };
}
