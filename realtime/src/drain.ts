import type { Database, Reader, Writer } from "@darasa/database";
import type { BoardServer } from "./board/boardServer.ts";
import type { Domains } from "./createDomains.ts";
import type { Log } from "./log.ts";
import type { NodeBus } from "./nodes/nodeBus.ts";
import type { Publisher } from "./publish/publisher.ts";
import type { Transport } from "./transport/transport.ts";

/** What has to end, in the right order. */
export interface DrainParts {
  readonly transport: Transport;
  readonly publisher: Publisher;
  readonly boards: BoardServer;
  readonly domains: Domains;
  readonly control: { close(): Promise<void> };
  readonly bus: Pick<NodeBus, "close">;
  readonly writer: Writer;
  readonly reader: Reader;
  readonly database: Database;
  readonly log: Log;
}

/** What is stored by then is stored; an orchestrator kills after 10 s. */
const storeGraceMs = 6_000;
const closeGraceMs = 2_000;

/**
 * Tells everybody to come back, stores what was taken from them, and lets go of the database. Resolves
 * within 9 s: true when everything is stored.
 */
export async function drain(parts: DrainParts): Promise<boolean> {
  const { transport, publisher, boards, domains, control, writer, reader, database, log } = parts;
  publisher.flush();
  const boardsStored = boards.drain(storeGraceMs).then(({ unstored }) => unstored === 0);
  await transport.close();
  domains.presence.stop();
  // The other nodes hear now that everybody is gone, and not by this one's silence.
  domains.presenceNodes.flush();
  domains.reread.stop();
  const stored = await Promise.all([
    within(storeGraceMs, boardsStored),
    within(
      storeGraceMs,
      domains.messages.idle().then(() => true),
    ),
    within(
      storeGraceMs,
      domains.attendance.flush().then(() => true),
    ),
  ]);
  const [areBoards, areMessages, isAttendance] = stored;
  const isClean = areBoards && areMessages && isAttendance;
  if (!isClean)
    log("error", "not everything could be stored", { areBoards, areMessages, isAttendance });
  const closing = Promise.allSettled([
    control.close(),
    writer.close(),
    reader.close(),
    database.close(),
  ]);
  await within(
    closeGraceMs,
    closing.then(() => true),
  );
  return isClean;
}

/** False when it takes longer, or fails. */
async function within(ms: number, work: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
