import { startSchool } from "../../infra/local/testing/startSchool.ts";
import { makeTestFolder } from "../../infra/local/testing/testFolder.ts";
import { startClass } from "../figures/openClass.ts";
import { measureBatchCost } from "./batchCost.ts";
import { measurePolicyCost } from "./policyCost.ts";
import { measureReads, type ReadFigures } from "./readLoad.ts";
import { measureSignIns } from "./signInLoad.ts";

const rates = [500, 1_000, 2_000, 3_000, 4_000];
const ticketRates = [250, 500, 1_000];
const guests = 240;

/** Prints what the doors of a school cost: signing in, asking who one is, tickets, and keeping schools apart. */
async function printDoors(): Promise<void> {
  const school = await startSchool({ dataFolder: await makeTestFolder() });
  try {
    const code = school.studentsUrl.slice(-6);
    const demoKey = school.teacherUrl.split("#")[1] ?? "";
    const liveClass = await startClass(school.baseUrl, demoKey, code);
    await printReads(school, code);
    const signIns = await measureSignIns({ ...school, code }, liveClass);
    print("Sign-ins at full argon2id cost", signIns.perSecond.toFixed(1), "a second");
    print("  told to come again", signIns.busyPerSecond.toFixed(1), "a second (503 busy)");
    print(
      "  chat of a class meanwhile, p99",
      `${signIns.chatP99Ms.toFixed(0)} ms`,
      `${signIns.chatLost} lost`,
    );
  } finally {
    await school.stop({ erase: true });
  }
  for (const { query, ratio } of await measurePolicyCost()) {
    print(`Row level security: ${query}`, ratio.toFixed(2), "times the time without it");
  }
  for (const { rows, ratio } of await measureBatchCost()) {
    const name = `Messages judged by their senders: batches of ${rows}`;
    print(name, ratio.toFixed(2), "times the database's processor time without it");
  }
}

async function printReads(
  school: Awaited<ReturnType<typeof startSchool>>,
  code: string,
): Promise<void> {
  const { api } = await school.processes();
  const tokens = await signGuestsIn(school.baseUrl, code);
  const bearer = (index: number) => ({
    authorization: `Bearer ${tokens[index % tokens.length] ?? ""}`,
  });
  for (const rate of rates) {
    const figures = await measureReads(api ?? 0, rate, (index) => ({
      url: `${school.baseUrl}/api/me`,
      headers: bearer(index),
    }));
    printRate("GET /api/me", rate, figures);
  }
  for (const rate of ticketRates) {
    const figures = await measureReads(api ?? 0, rate, (index) => ({
      url: `${school.baseUrl}/api/realtime/ticket`,
      headers: bearer(index),
      body: { audience: "gateway" },
    }));
    printRate("POST /api/realtime/ticket", rate, figures);
  }
}

async function signGuestsIn(baseUrl: string, code: string): Promise<string[]> {
  const tokens: string[] = [];
  for (let index = 0; index < guests; index += 1) {
    const answer = await fetch(`${baseUrl}/api/join/${code}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-forwarded-for": `10.2.${index >> 8}.${index & 255}`,
      },
      body: JSON.stringify({ name: `Guest ${index}` }),
    });
    if (!answer.ok) throw new Error(`A guest was answered ${answer.status}`);
    tokens.push(((await answer.json()) as { accessToken: string }).accessToken);
  }
  return tokens;
}

function printRate(name: string, rate: number, figures: ReadFigures): void {
  const p = (ms: number) => `${ms.toFixed(1)} ms`;
  print(
    `${name}, ${rate}/s offered`,
    `${figures.perSecond.toFixed(0)}/s`,
    `p50 ${p(figures.p50Ms)}, p95 ${p(figures.p95Ms)}, ` +
      `${figures.apiMicroseconds.toFixed(0)} µs of the API each, ${figures.refused} refused`,
  );
}

function print(name: string, figure: string, meaning: string): void {
  console.log(`${name.padEnd(48)} ${figure.padStart(10)}   ${meaning}`);
}

await printDoors();
