import { parseArgs } from "node:util";
import { seededRandom } from "../seededRandom.ts";
import { printKilledRegister } from "../register/printKilledRegister.ts";
import { describeLedger, isLedgerPerfect } from "./ledger.ts";
import { runChaos } from "./runChaos.ts";
import { startRedisServer } from "../../infra/database/src/testing/redisServer.ts";
import { testProgramPath } from "../../infra/database/src/testing/testProgram.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "100" },
    minutes: { type: "string", default: "30" },
    nodes: { type: "string", default: "1" },
    register: { type: "boolean", default: false },
    restarts: { type: "boolean", default: false },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});

if (values.register) process.exit((await printKilledRegister()) ? 0 : 1);

const nodes = Number(values.nodes);
const seed = Number(values.seed);
console.log(
  `Chaos: ${values.kills} kills, ${nodes} node${nodes === 1 ? "" : "s"}; --seed ${seed} chooses the same again`,
);
const redis = nodes > 1 ? await startRedisServer(testProgramPath("redis")) : null;
let isWell = false;
try {
  const outcome = await runChaos({
    kills: Number(values.kills),
    // As an update of Darasa does it, one node after another, with nothing else going wrong.
    postgresEvery: values.restarts ? Infinity : 4,
    nodeSignal: values.restarts ? "SIGTERM" : "SIGKILL",
    withinMs: Number(values.minutes) * 60_000,
    random: seededRandom(seed),
    nodes,
    environment: redis === null ? {} : { REDIS_URL: `redis://127.0.0.1:${redis.port}` },
    rooms: 5,
    sendersPerRoom: 4,
    messagesPerSecond: 50,
    say: console.log,
  });
  console.log(`\n${describeLedger(outcome.ledger)}\n`);
  console.log(
    `${outcome.nodeKills} kills of nodes, ${outcome.postgresKills} of Postgres; ${outcome.connections} connections, ` +
      `${outcome.gaps} gaps found and closed by clients`,
  );
  for (const refusal of outcome.refusals.slice(0, 20)) console.log(`  REFUSED  ${refusal}`);
  isWell = isLedgerPerfect(outcome.ledger) && outcome.refusals.length === 0;
  console.log(isWell ? "The ledger is perfect." : "THE LEDGER IS NOT PERFECT.");
} finally {
  await redis?.close();
}
process.exit(isWell ? 0 : 1);
