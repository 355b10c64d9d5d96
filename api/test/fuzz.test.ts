import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { describeApi } from "../src/openapi.ts";
import { roles, type Role } from "./accessWorld.ts";
import { makeJudges } from "./fuzz/checkAnswer.ts";
import { canaries, createFuzzWorld, knownValues, type FuzzWorld } from "./fuzz/fuzzWorld.ts";
import type { ApiDocument } from "./fuzz/jsonSchema.ts";
import { makeRequests, type FuzzRequest } from "./fuzz/requestArbitrary.ts";
import { makeValidValues } from "./fuzz/valueArbitrary.ts";
import type { Answer } from "./testApi.ts";

/** `npm run fuzz` sets both; the usual run is short and starts somewhere else every time. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 5);
const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
const timeoutMs = 30_000 + runs * 1_000;

/** Everybody, and most often those to whom most is allowed. */
const visitors: readonly Role[] = [...roles, "studentIn", "teacher", "teacher", "admin", "admin"];

const document = describeApi() as ApiDocument;
const judgeOf = makeJudges(document);
const valid = makeValidValues(document, knownValues);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    path,
    operation,
  })),
);

/** What anybody may read of a school by its name, and of a class by its code. */
const publicPaths = /^\/api\/(join|schools)/;

let world: FuzzWorld;
let isChanged = false;
beforeAll(async () => void (world = await createFuzzWorld()));
afterEach(async () => {
  if (isChanged && !(await world.isWhole())) await renewWorld();
  isChanged = false;
});
afterAll(() => world.api.close());

describe(`requests made up from the document, by FUZZ_SEED=${seed}`, () => {
  test.each(operations)(
    "$name: answers as it says, to everybody",
    async ({ name, path, operation }) => {
      const [method = ""] = name.split(" ");
      const judge = judgeOf(operation);
      isChanged = method !== "GET";
      const requests = makeRequests(path, operation, valid);
      const property = fc.asyncProperty(
        fc.constantFrom(...visitors),
        requests,
        async (role, made) => {
          const { asked, answer } = await ask(method, role, made);
          const contentType = answer.headers.get("content-type") ?? "";
          const faults = [
            ...judge.faultsOf({ status: answer.status, type: contentType, text: answer.text }),
            ...(isBroken(name, answer) ? ["it broke"] : []),
            ...(answer.status < 300 && !judge.allows(asked) ? ["took what it does not allow"] : []),
            ...(publicPaths.test(path) ? [] : leaksTo(role, answer)),
          ];
          const shown = `${role}: ${method} ${asked.path} ${JSON.stringify(asked.body)}`;
          expect(faults, `${shown}\n${answer.status} ${answer.text}`).toEqual([]);
        },
      );
      await fc.assert(property, { seed, numRuns: runs });
    },
    timeoutMs,
  );
});

async function ask(
  method: string,
  role: Role,
  made: FuzzRequest,
): Promise<{ asked: FuzzRequest; answer: Answer }> {
  // Whoever was put out by an earlier request comes back in a new world.
  const as = await world.signIn(role).catch(async () => {
    await renewWorld();
    return world.signIn(role);
  });
  const asked = world.fill(made);
  const { sent: body } = asked;
  const headers = {
    ...asked.headers,
    "sec-fetch-site": "same-origin",
    ...(as ? { cookie: as.cookie } : {}),
  };
  return { asked, answer: await world.api.call(`${method} ${asked.path}`, { as, body, headers }) };
}

async function renewWorld(): Promise<void> {
  await world.api.close();
  world = await createFuzzWorld();
}

/** Nothing is away but realtime, of which only readiness tells. */
function isBroken(name: string, { status }: Answer): boolean {
  return status >= 500 && !(name === "GET /readyz" && status === 503);
}

function leaksTo(role: Role, { text }: Answer): string[] {
  const canary = role === "otherSchool" ? canaries.demo : canaries.neighbour;
  return text.includes(canary) ? ["it shows what is another school's"] : [];
}
