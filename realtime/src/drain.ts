import type { AttendanceRow, BoardUpdateRow, Database, Reader, Writer } from "@darasa/database";
import type { BoardServer } from "./board/boardServer.ts";
import type { Domains } from "./createDomains.ts";
import type { Dispatcher } from "./dispatch/dispatch.ts";
import type { Log } from "./log.ts";
import type { NodeBus } from "./nodes/nodeBus.ts";
import type { Publisher } from "./publish/publisher.ts";
import { tell } from "./room/tell.ts";
import type { SessionRegistry } from "./session/sessionRegistry.ts";
import { writeSpill, type Unstored } from "./spill/writeSpill.ts";
import type { Transport } from "./transport/transport.ts";

/** What has to end, in the right order. */
export interface DrainParts {
  readonly transport: Transport;
  readonly publisher: Publisher;
  readonly sessions: Pick<SessionRegistry, "all">;
  readonly commands: Pick<Dispatcher, "end" | "underWay">;
  readonly boards: BoardServer;
  readonly domains: Domains;
  readonly control: { close(): Promise<void> };
  readonly bus: Pick<NodeBus, "close">;
  readonly writer: Writer;
  readonly reader: Reader;
  readonly database: Database;
  /** Where what cannot be stored is kept for the next start; null: nowhere. */
  readonly spillFolder: string | null;
  /** When one of those who go away should come back (SPEC C4). */
  readonly comeBackInMs: () => number;
  readonly log: Log;
}

/** A message is acked or refused within 3 s (SPEC M5), and its push follows. */
const answerGraceMs = 3_500;
/** What is stored by then is stored; an orchestrator kills after 10 s. */
const storeGraceMs = 6_000;
const closeGraceMs = 2_000;

/**
 * Tells everybody to come back, answers what was asked, stores what was taken, and lets go of the database.
 * Resolves within 10 s: true when everything is stored. What is not is in the spill folder, and in the log's count.
 */
export async function drain(parts: DrainParts): Promise<boolean> {
  const { transport, publisher, domains, boards, commands, sessions } = parts;
  const storeUntilMs = performance.now() + storeGraceMs;
  for (const session of sessions.all()) {
    tell(session, { type: "goingAway", comeBackInMs: parts.comeBackInMs() });
  }
  const boardsDrained = boards.drain(storeGraceMs);
  const answered = commands.end().then(() => domains.messages.idle());
  await within(answerGraceMs, answered, undefined);
  publisher.flush();
  await transport.close();
  domains.presence.stop();
  // The other nodes hear now that everybody is gone, and not by this one's silence.
  domains.presenceNodes.flush();
  domains.reread.stop();
  const [boardUpdates] = await Promise.all([
    within(
      storeGraceMs,
      boardsDrained.then(({ unstored }) => unstored),
      null,
    ),
    within(storeUntilMs - performance.now(), domains.attendance.flush(), undefined),
  ]);
  const isClean = await accountFor(parts, boardUpdates);
  await letGo(parts);
  return isClean;
}

/** True when everything is stored; else the rest is spilled, and the log says what it is. */
async function accountFor(
  { commands, domains, spillFolder, log }: DrainParts,
  boardUpdates: readonly BoardUpdateRow[] | null,
): Promise<boolean> {
  const attendance: readonly AttendanceRow[] = domains.attendance.unwritten;
  const unstored: Unstored = { attendance, boardUpdates: boardUpdates ?? [] };
  const { unackedMessages } = commands.underWay;
  if (boardUpdates !== null && unackedMessages === 0 && isNothing(unstored)) return true;
  const left = await spill(spillFolder, unstored, log);
  log("error", "not everything could be stored", {
    // Who sent them has no ack, and sends them again.
    unackedMessages,
    ...countsOf(unstored),
    // The worker did not say what it had.
    boardsUnknown: boardUpdates === null,
    spillFolder,
    lost: countsOf(left),
  });
  return false;
}

/** What could not be spilled either. Never rejects. */
async function spill(folder: string | null, unstored: Unstored, log: Log): Promise<Unstored> {
  if (folder === null || isNothing(unstored)) return unstored;
  try {
    return await writeSpill(folder, unstored);
  } catch (error) {
    log("error", "the spill folder cannot be written to", { folder, error });
    return unstored;
  }
}

function isNothing({ attendance, boardUpdates }: Unstored): boolean {
  return attendance.length === 0 && boardUpdates.length === 0;
}

function countsOf({ attendance, boardUpdates }: Unstored): Record<string, number> {
  return {
    attendanceRows: attendance.length,
    boardUpdates: boardUpdates.length,
    boards: new Set(boardUpdates.map(({ boardId }) => boardId)).size,
  };
}

async function letGo({ bus, control, writer, reader, database }: DrainParts): Promise<void> {
  const closing = [bus, control, writer, reader, database].map((part) => part.close());
  await within(closeGraceMs, Promise.allSettled(closing), undefined);
}

/** What came of the work; `otherwise` when it takes longer, or fails. */
async function within<Value, Otherwise>(
  ms: number,
  work: Promise<Value>,
  otherwise: Otherwise,
): Promise<Value | Otherwise> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Otherwise>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), Math.max(0, ms));
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}
