import { closeReasons, type CloseReason } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Publisher } from "../publish/publisher.ts";
import type { BoardPeer } from "./boardPeer.ts";
import type { OpenBoards } from "./openBoards.ts";
import type { UpdateLog } from "./updateLog.ts";
import type { ConnectionNumber, FromWorker } from "./workerMessages.ts";
import { encodeSyncFrame } from "./yjsFrame.ts";

/** Where what a worker says goes to. */
export interface WorkerAudience {
  readonly peers: ReadonlyMap<ConnectionNumber, BoardPeer>;
  readonly boards: OpenBoards;
  readonly updateLog: UpdateLog;
  readonly publisher: Pick<Publisher, "publishFrame">;
  readonly closeBoard: (name: string, reason: CloseReason) => void;
  readonly settled: (token: number) => void;
  readonly erased: (token: number, update: Uint8Array | null) => void;
  readonly log: Log;
}

type Handlers = {
  readonly [Kind in FromWorker["kind"]]: (
    message: Extract<FromWorker, { kind: Kind }>,
    audience: WorkerAudience,
  ) => void;
};

const handlers: Handlers = {
  send: ({ connection, frames }, { peers }) => peers.get(connection)?.send(frames),
  merged: tellMerged,
  refused: ({ connection, code }, { peers }) => peers.get(connection)?.refused(code),
  copied: ({ connection }, { peers }) => peers.get(connection)?.copied(),
  overspent: ({ connection }, { peers }) => peers.get(connection)?.close(closeReasons.rate_limited),
  failed: ({ connection }, { peers }) => peers.get(connection)?.close(closeReasons.internal),
  broke({ document }, { boards, closeBoard, log }) {
    log("error", "a board took only a part of an update and is loaded again", { document });
    const board = boards.find(document);
    closeBoard(document, closeReasons.internal);
    if (board !== undefined) boards.discard(board);
  },
  whole({ document, update }, { boards, updateLog }) {
    const board = boards.find(document);
    if (board !== undefined) updateLog.replace(board.place, update);
  },
  settled: ({ token }, { settled }) => settled(token),
  erased: ({ token, update }, { erased }) => erased(token, update),
  unloaded: ({ document }, { boards }) => boards.unloaded(document),
  pong: () => undefined,
  complaint: ({ message }, { log }) => log("error", message),
};

/** Acts on one message of a worker. */
export function hearWorker(message: FromWorker, audience: WorkerAudience): void {
  const handler = handlers[message.kind] as (message: FromWorker, audience: WorkerAudience) => void;
  handler(message, audience);
}

/** To the log and to everybody at the board at the same time: what is seen is synced, not yet stored. */
function tellMerged(
  { document, ...merged }: Extract<FromWorker, { kind: "merged" }>,
  { boards, updateLog, publisher }: WorkerAudience,
): void {
  const place = boards.placeOf(document);
  if (place === undefined) return;
  updateLog.append(place, merged);
  const board = boards.find(document);
  if (board !== undefined)
    publisher.publishFrame(board.channel, encodeSyncFrame("update", merged.update));
}
