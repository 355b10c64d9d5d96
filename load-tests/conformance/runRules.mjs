import { commandRules } from "./rules/commands.mjs";
import { frameRules } from "./rules/frames.mjs";
import { peopleRules } from "./rules/people.mjs";
import { roomRules } from "./rules/rooms.mjs";

const rules = { ...frameRules, ...commandRules, ...roomRules, ...peopleRules };

/** Those that need a while; left out of the short run. */
const longRules = /^(H1|R6|L1 who) /;

/** How many places `runRules` may ask for. */
export const ruleCount = Object.keys(rules).length;

/**
 * Checks the rules against a running school, several at a time, each in a room of its own.
 *
 * @param {object} school what `makeSchool` in main.ts gives
 * @param {{ short?: boolean, only?: string, atOnce?: number }} [options]
 * @returns {Promise<{ rule: string, fault: string | null }[]>} in the order of the rules; no fault means that it holds
 */
export async function runRules(school, { short = false, only = "", atOnce = 6 } = {}) {
  const names = Object.keys(rules).filter(
    (name) => name.startsWith(only) && !(short && longRules.test(name)),
  );
  const results = names.map((rule) => ({ rule, fault: "was not run" }));
  const waiting = [...results];
  const work = async () => {
    for (let result = waiting.shift(); result; result = waiting.shift()) {
      result.fault = await check(result.rule, school);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

async function check(rule, school) {
  const open = [];
  const connect = async (person) => {
    const connection = await school.connect(person);
    open.push(connection);
    return connection;
  };
  try {
    await rules[rule]({ ...school, connect });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    for (const connection of open) connection.close();
  }
}
