import { parseArgs } from "node:util";
import { namedJitsi } from "../../client/e2e/setup/namedJitsi.ts";
import { startClass } from "../../client/e2e/setup/schoolApi.ts";
import {
  startLiveKitServer,
  type LiveKitTestServer,
} from "../../infra/database/src/testing/liveKitServer.ts";
import { findTestProgram } from "../../infra/database/src/testing/testProgram.ts";
import { startSchool, type TestSchool } from "../../infra/local/testing/startSchool.ts";
import { alignTable } from "../compare/table.ts";
import { jitsiFirstFrame, measureJoinTimes } from "../figures/joinTimes.ts";
import { measureLiveKitRungs } from "./liveKitRungs.ts";
import { measureMeshRungs } from "./meshRungs.ts";
import { measurePageCost } from "./pageCost.ts";
import { rungs, type RungBytes } from "./rungBytes.ts";

const tileCounts = [1, 4, 9];
/** JITSI_MEET_DOMAIN names one; jitsi/README.md tells how. */
const jitsi = namedJitsi(process.env);
const joined =
  jitsi === null ? (["mesh", "livekit"] as const) : (["mesh", "livekit", "jitsi"] as const);

async function printJoins({ school }: Stand, runs: number): Promise<void> {
  const lines: string[][] = [["Join to", "chat", "first remote frame"]];
  for (const video of joined) {
    const { code } = await startClass(school, { title: `Joins, ${video}`, video });
    const firstFrame = video === "jitsi" ? { firstFrame: jitsiFirstFrame } : {};
    const times = await measureJoinTimes(`${school.baseUrl}/join/${code}`, { runs, ...firstFrame });
    const cells = [times.chatReadySeconds, times.firstRemoteFrameSeconds];
    lines.push([titles[video], ...cells.map((seconds) => `${seconds.toFixed(2)} s`)]);
  }
  print(`p50 of ${runs}`, lines);
}

async function printPageCost({ school }: Stand, seconds: number): Promise<void> {
  const liveClass = await startClass(school, { title: "Tiles", video: "livekit" });
  const costs = await measurePageCost(liveClass, { tileCounts, seconds });
  print(`One student's browser in a class over LiveKit, ${seconds} s each`, [
    ["Tiles", "page, of a core", "whole browser", "frames/s of a tile", "gateway kB/min"],
    ...costs.map((cost) => [
      `${cost.tiles}`,
      `${(cost.pageCores * 100).toFixed(0)} %`,
      `${(cost.browserCores * 100).toFixed(0)} %`,
      Number.isNaN(cost.framesPerSecond) ? "–" : cost.framesPerSecond.toFixed(0),
      (cost.gatewayBytesPerMinute / 1e3).toFixed(1),
    ]),
  ]);
}

async function printRungs({ liveKit }: Stand, seconds: number): Promise<void> {
  const found = {
    livekit: await measureLiveKitRungs(liveKit, seconds),
    mesh: await measureMeshRungs(seconds),
  };
  const cell = ({ received, sent }: RungBytes) =>
    `${((received + sent) / 1e6).toFixed(2)} (${(received / 1e6).toFixed(2)} + ${(sent / 1e6).toFixed(2)})`;
  print("MB of media per minute of a student in a class of four (received + sent)", [
    ["", ...rungs],
    ...(["livekit", "mesh"] as const).map((video) => [
      titles[video],
      ...rungs.map((rung) => cell(found[video][rung])),
    ]),
  ]);
}

const titles = { mesh: "Mesh", livekit: "LiveKit", jitsi: "Jitsi" };

function print(title: string, cells: readonly (readonly string[])[]): void {
  console.log(`\n${title}\n\n${alignTable(cells)}`);
}

interface Stand {
  readonly school: TestSchool;
  readonly liveKit: LiveKitTestServer;
}

/** A school of its own with a LiveKit of its own, which end with `run`. */
async function withStand(run: (stand: Stand) => Promise<void>): Promise<void> {
  const program = findTestProgram("livekit");
  if (!("path" in program)) throw new Error("There is no livekit-server here.");
  const liveKit = await startLiveKitServer(program.path);
  try {
    const school = await startSchool({
      environment: {
        LIVEKIT_URL: liveKit.url,
        LIVEKIT_API_KEY: liveKit.apiKey,
        LIVEKIT_API_SECRET: liveKit.apiSecret,
        ...(jitsi === null
          ? {}
          : {
              JITSI_DOMAIN: jitsi.domain,
              JITSI_APP_ID: jitsi.appId,
              JITSI_APP_SECRET: jitsi.appSecret,
            }),
      },
    });
    try {
      await run({ school, liveKit });
    } finally {
      await school.stop({ erase: true });
    }
  } finally {
    await liveKit.close();
  }
}

const { values } = parseArgs({
  options: {
    part: { type: "string", multiple: true, default: ["joins", "tiles", "rungs"] },
    runs: { type: "string", default: "10" },
    seconds: { type: "string", default: "15" },
  },
});
const seconds = Number(values.seconds);
await withStand(async (stand) => {
  if (values.part.includes("joins")) await printJoins(stand, Number(values.runs));
  if (values.part.includes("tiles")) await printPageCost(stand, seconds);
  if (values.part.includes("rungs")) await printRungs(stand, seconds);
});
process.exit(0);
