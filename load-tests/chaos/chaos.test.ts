import { createTestDatabase } from "@darasa/database/testing";
import { expect, it } from "vitest";
import { seededRandom } from "../seededRandom.ts";
import { describeLedger, isLedgerPerfect } from "./ledger.ts";
import { runChaos } from "./runChaos.ts";

const seed = Number(process.env["TEST_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

/** Nine people who write all the time. */
const makePlan = () => ({
  withinMs: 60_000,
  random: seededRandom(seed),
  nodes: 1,
  rooms: 3,
  sendersPerRoom: 3,
  messagesPerSecond: 20,
  say: () => undefined,
});

// Each waits for processes to start more than it works.
it.concurrent(
  `[D1] [F3] nothing that was acked is lost, doubled or reordered when nodes and Postgres are killed (seed ${seed})`,
  async () => {
    const outcome = await runChaos({
      ...makePlan(),
      kills: 6,
      postgresEvery: 3,
    });
    expect(outcome.refusals).toEqual([]);
    expect(outcome).toMatchObject({ nodeKills: 4, postgresKills: 2 });
    expect(isLedgerPerfect(outcome.ledger), describeLedger(outcome.ledger)).toBe(true);
  },
);

it.concurrent(
  `[C4] [F7] nothing is lost, doubled or reordered when a node is restarted under load (seed ${seed})`,
  async ({ onTestFinished }) => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const restarts = 1;
    const outcome = await runChaos({
      ...makePlan(),
      database,
      kills: restarts,
      postgresEvery: Infinity,
      nodeSignal: "SIGTERM",
    });
    expect(outcome.refusals).toEqual([]);
    expect(outcome.nodeKills).toBe(restarts);
    expect(isLedgerPerfect(outcome.ledger), describeLedger(outcome.ledger)).toBe(true);
  },
);
