import { execFile } from "node:child_process";
import { statfs, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { Connection } from "../conformance/client.mjs";
import { fillSchool, type LoadRoom } from "../school/fillSchool.ts";
import { makeTicketKey, startNode, type GatewayNode } from "../school/gatewayNode.ts";
import { startLoadPostgres, type LoadPostgres } from "../school/loadPostgres.ts";
import { signTicket } from "../school/signTicket.ts";
import { readMessageIds } from "./readMessageIds.ts";

/** What came of it. */
export interface DiskFullOutcome {
  /** Messages that were acked before, while there was no space, and after. */
  readonly acked: number;
  /** Codes of the answers to those that were not, and how often. */
  readonly refusals: ReadonlyMap<string, number>;
  /** The longest wait for an answer. */
  readonly slowestMs: number;
  /** From there being space again to the next ack. */
  readonly backMs: number;
  /** Acked and not there, there twice, or with another `seq` than was said. */
  readonly wrong: readonly string[];
}

const diskMegabytes = 400;
const mount = promisify(execFile);

/** Why there can be no small disk here; null when there can. */
export function reasonWithoutDisk(): string | null {
  return process.getuid?.() === 0 ? null : "only root may mount a small disk";
}

/**
 * People write while the disk of Postgres has no space, and after it has some again. Neither the gateway nor they are
 * told to begin anew; Postgres is started again if it ended, as whoever runs it would.
 */
export async function runDiskFull(say: (line: string) => void): Promise<DiskFullOutcome> {
  let disk = "";
  let node: GatewayNode | null = null;
  const postgres = await startLoadPostgres({}, async (folder) => {
    await mount("mount", ["-t", "tmpfs", "-o", `size=${diskMegabytes}m,mode=755`, "tmpfs", folder]);
    disk = folder;
  });
  try {
    const ticketKey = makeTicketKey();
    node = await startNode({ database: postgres, ticketKey, limitsScale: 1_000 });
    const { rooms } = await fillSchool(postgres.superuserUrl, [{ rooms: 1, size: 2 }]);
    const [room] = rooms;
    if (room === undefined) throw new Error("There is no room");
    const writer = await enter(node, ticketKey, room);
    return await writeThrough({ postgres, disk, room, writer, say });
  } finally {
    await node?.end("SIGKILL");
    await postgres.kill("SIGKILL").catch(() => undefined);
    await mount("umount", ["--lazy", disk]);
    await postgres.remove();
  }
}

interface Scene {
  readonly postgres: LoadPostgres;
  readonly disk: string;
  readonly room: LoadRoom;
  readonly writer: Connection;
  readonly say: (line: string) => void;
}

async function enter({ port }: GatewayNode, ticketKey: Uint8Array, room: LoadRoom) {
  const [person] = room.members;
  if (person === undefined) throw new Error("The room is empty");
  const url = `ws://127.0.0.1:${port}/ws`;
  const writer = await Connection.open(url, signTicket(ticketKey, person));
  const { roomId, liveClassId } = room;
  await writer.done({ type: "joinRoom", room: roomId, liveClass: liveClassId, since: 0 });
  return writer;
}

async function writeThrough({ postgres, disk, room, writer, say }: Scene) {
  const ledger = new Ledger(writer, room);
  for (let count = 0; count < 20; count += 1) await ledger.write();
  const ballast = join(disk, "ballast");
  const free = await freeBytes(disk);
  await writeFile(ballast, Buffer.alloc(free)).catch(() => undefined);
  say(`${(free / 1e6).toFixed(0)} MB of ballast: ${await freeBytes(disk)} bytes are left`);

  // Some more fit where files have room; then none do.
  const refusedBefore = () => ledger.refused.size;
  const deadlineMs = performance.now() + 60_000;
  while (refusedBefore() < 30 && performance.now() < deadlineMs) await ledger.write();
  if (refusedBefore() === 0) throw new Error("Messages were stored although there was no space");
  say(`${refusedBefore()} were refused, ${ledger.acked.size} acked`);

  await truncate(ballast);
  const sinceMs = performance.now();
  const hasEnded = !isAlive(postgres.pid());
  if (hasEnded) await postgres.start();
  say(hasEnded ? "Postgres had ended, and was started again" : "Postgres had not ended");
  const acked = ledger.acked.size;
  while (ledger.acked.size === acked) {
    await ledger.write();
    if (performance.now() - sinceMs > 60_000) throw new Error("It never came back");
  }
  const backMs = performance.now() - sinceMs;
  for (const id of [...ledger.refused]) await ledger.write(id);
  const wrong = ledger.compare(await readMessageIds(postgres.superuserUrl, room));
  const { refusals, slowestMs } = ledger;
  return { acked: ledger.acked.size, refusals, slowestMs, backMs, wrong };
}

/** What one person wrote, and what was said to it. */
class Ledger {
  readonly acked = new Map<string, number>();
  readonly refused = new Set<string>();
  readonly refusals = new Map<string, number>();
  slowestMs = 0;
  #count = 0;
  #writer: Connection;
  #room: LoadRoom;

  constructor(writer: Connection, room: LoadRoom) {
    this.#writer = writer;
    this.#room = room;
  }

  /** One more, or the same once more. */
  async write(id = `message-${(this.#count += 1)}`): Promise<void> {
    const sinceMs = performance.now();
    const body = randomText();
    const answer = await this.#writer.ask({
      type: "sendMessage",
      id,
      room: this.#room.roomId,
      body,
    });
    this.slowestMs = Math.max(this.slowestMs, performance.now() - sinceMs);
    if (answer.type === "ack") {
      this.acked.set(id, answer.result?.seq ?? 0);
      this.refused.delete(id);
      return;
    }
    this.refused.add(id);
    const code = answer.code ?? "";
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
    await delay(50);
  }

  compare(rows: readonly { readonly id: string; readonly seq: number }[]): string[] {
    const wrong = rows.flatMap(({ id, seq }, index) => {
      if (seq !== index + 1) return [`${id} has seq ${seq} at place ${index + 1}`];
      return this.acked.get(id) === seq ? [] : [`${id} is at ${seq}, and was said to be elsewhere`];
    });
    const stored = new Set(rows.map(({ id }) => id));
    const lost = [...this.acked.keys()].filter((id) => !stored.has(id));
    return [...wrong, ...lost.map((id) => `${id} was acked and is not there`)];
  }
}

/** As long as a message may be, and nothing that could be compressed. */
function randomText(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(6_000))).toString("base64");
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
