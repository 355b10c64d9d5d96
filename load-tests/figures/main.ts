import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSchool } from "../../infra/local/testing/startSchool.ts";
import { makeTestFolder } from "../../infra/local/testing/testFolder.ts";
import { measureBundle } from "./bundleBytes.ts";
import { measureJoinTimes } from "./joinTimes.ts";
import { joinAsGuest, startClass } from "./openClass.ts";
import { residentBytes } from "./residentMemory.ts";
import { measureStartTimes } from "./startTimes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const classSize = 30;
const joinRuns = 5;

/** Prints the figures one after the other, each with what it means. */
async function printFigures(): Promise<void> {
  await printStartTimes();
  const school = await startSchool({ dataFolder: await makeTestFolder() });
  try {
    await printBundle();
    const code = school.studentsUrl.slice(-6);
    const demoKey = school.teacherUrl.split("#")[1] ?? "";
    const liveClass = await startClass(school.baseUrl, demoKey, code);
    const times = await measureJoinTimes(school.studentsUrl, { runs: joinRuns });
    print("Join to chat ready", `${times.chatReadySeconds.toFixed(2)} s`, `median of ${joinRuns}`);
    print(
      "Join to first remote frame",
      `${times.firstRemoteFrameSeconds.toFixed(2)} s`,
      `median of ${joinRuns}, both on this machine`,
    );
    await printMemory(school, async () => {
      for (let index = 1; index <= classSize; index += 1) {
        const guest = { name: `Student ${index}`, liveClassId: liveClass.liveClassId };
        await joinAsGuest(school.baseUrl, code, guest);
      }
    });
  } finally {
    await school.stop({ erase: true });
  }
}

async function printStartTimes(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "darasa-figures-"));
  const clone = join(folder, "darasa");
  try {
    execFileSync("git", ["clone", "--quiet", root, clone]);
    const { coldSeconds, warmSeconds } = await measureStartTimes(clone);
    print(
      "npm start, first time",
      `${coldSeconds.toFixed(1)} s`,
      "fresh clone, downloads included",
    );
    print("npm start, second time", `${warmSeconds.toFixed(1)} s`, "same folder, data kept");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function printBundle(): Promise<void> {
  const { home, entry, classroom, board } = await measureBundle(join(root, "client/dist"));
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  print("First paint of home", kilobytes(home), "gzip: page, shell, English, styles");
  print("First paint of a class's page", kilobytes(entry), "gzip: waiting or pre-join");
  print(
    "In the classroom, before the board",
    kilobytes(classroom),
    "gzip, all of it: tiles, chat, people",
  );
  print("The board on top of it", kilobytes(board), "gzip: tldraw, React, Yjs");
}

type School = Awaited<ReturnType<typeof startSchool>>;

async function printMemory(school: School, fill: () => Promise<void>): Promise<void> {
  const read = async () => {
    const { realtime, api, postgres } = await school.processes();
    return Promise.all([realtime, api, postgres].map((pid) => residentBytes(pid ?? 0)));
  };
  const before = await read();
  await fill();
  const after = await read();
  ["realtime", "api", "postgres"].forEach((name, index) => {
    const megabytes = (bytes = 0) => (bytes / 1e6).toFixed(0);
    print(
      `Memory of ${name}, class of ${classSize}`,
      `${megabytes(after[index])} MB`,
      `${megabytes(before[index])} MB before they came`,
    );
  });
}

function print(name: string, figure: string, meaning: string): void {
  console.log(`${name.padEnd(36)} ${figure.padStart(10)}   ${meaning}`);
}

await printFigures();
process.exit(0);
