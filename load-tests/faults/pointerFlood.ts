import { setTimeout as delay } from "node:timers/promises";
import { insertBoard } from "../school/insertBoard.ts";
import { readFigure } from "./gatewayFigures.ts";
import type { LoadNodes } from "../load/loadNodes.ts";
import { fillGroups } from "../school/fillSchool.ts";
import { PointerPeer, type PointedBoard } from "./pointerPeer.ts";

/** How many point how often, for how long. */
export interface FloodPlan {
  readonly people: number;
  readonly hertz: number;
  readonly seconds: number;
}

/** What came of it. */
export interface FloodOutcome {
  /** Frames that were sent, of all, a second. */
  readonly saidPerSecond: number;
  /** Frames that each was told a second, the one who was told most. */
  readonly toldPerSecond: number;
  /** By the gateway's own histogram. */
  readonly loopLagP99Ms: number;
  /** The close codes of those who were cut. */
  readonly cut: readonly number[];
  /** Of whom a newcomer did not hear the last that they said. */
  readonly wrong: number;
}

/** Everybody comes to one board and points; the limits of a person are as everywhere. */
export async function runPointerFlood(
  { database, nodes, ticketKey }: LoadNodes,
  { people, hertz, seconds }: FloodPlan,
): Promise<FloodOutcome> {
  // A group's members may all draw, and so point.
  const plan = { rooms: 1, size: people, teachersEach: 1, name: "Somebody" };
  const { schoolId, rooms } = await fillGroups(database.superuserUrl, plan);
  const [room, node] = [rooms[0], nodes[0]];
  if (room === undefined || node === undefined) throw new Error("There is nothing to flood");
  const boardId = await insertBoard(database.superuserUrl, { schoolId, roomId: room.roomId });
  const board: PointedBoard = { port: node.port, ticketKey, room, boardId };
  const peers = room.members.map((person, index) => new PointerPeer(board, person, index + 1));
  try {
    await Promise.all(peers.map(({ opened }) => opened));
    const flood = await pointFor(peers, { board, hertz, seconds });
    const wrong = await countWrong(board, peers, flood.last);
    return { ...flood.outcome, cut: peers.flatMap(({ closeCode }) => closeCode ?? []), wrong };
  } finally {
    for (const peer of peers) peer.close();
  }
}

async function pointFor(
  peers: readonly PointerPeer[],
  {
    board,
    hertz,
    seconds,
  }: Pick<FloodPlan, "hertz" | "seconds"> & { readonly board: PointedBoard },
) {
  await lagP99Ms(board);
  const heard = peers.map(({ framesHeard }) => framesHeard);
  const sinceMs = performance.now();
  let [said, last] = [0, 0];
  const passedMs = () => performance.now() - sinceMs;
  while (passedMs() < seconds * 1_000) {
    // What the clock says that is due: a timer alone would be late under this load.
    for (const due = (passedMs() / 1_000) * hertz; last < due;) {
      last += 1;
      for (const peer of peers) peer.point(last);
      said += peers.length;
    }
    await delay(5);
  }
  const took = passedMs() / 1_000;
  const told = peers.map(({ framesHeard }, index) => framesHeard - (heard[index] ?? 0));
  const outcome = {
    saidPerSecond: said / took,
    toldPerSecond: Math.max(...told) / took,
    loopLagP99Ms: await lagP99Ms(board),
  };
  // Who pointed too often is not listened to for a moment.
  await delay(200);
  last += 1;
  for (const peer of peers) peer.point(last);
  return { outcome, last };
}

/** Since it was last asked. */
async function lagP99Ms({ port }: PointedBoard): Promise<number> {
  return (await readFigure(port, "nodejs_eventloop_lag_p99_seconds")) * 1_000;
}

/** Of how many somebody who comes after them does not hear the last. */
async function countWrong(
  board: PointedBoard,
  peers: readonly PointerPeer[],
  last: number,
): Promise<number> {
  const [person] = board.room.members;
  if (person === undefined) throw new Error("The room is empty");
  const newcomer = new PointerPeer(board, person, peers.length + 1_000);
  newcomer.isReading = true;
  try {
    await newcomer.opened;
    const deadlineMs = performance.now() + 5_000;
    const wrong = () =>
      peers.length - [...newcomer.known.values()].filter((x) => x === last).length;
    while (wrong() > 0 && performance.now() < deadlineMs) await delay(20);
    return wrong();
  } finally {
    newcomer.close();
  }
}
