import { recordAudit, type SchoolTransaction } from "@darasa/database";
import type { SchoolId } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { removeOldRecordings } from "../recordings/removeRecordings.ts";
import { deleteExpired, expiring } from "./deleteExpired.ts";
import {
  claimRetention,
  deleteBoard,
  deleteBoardUpdates,
  deleteCorrections,
  deleteParticipants,
  deleteToldWebhooks,
  eraseOldMessages,
  loadOldBoards,
  loadOldClasses,
  loadRoomsWithMessages,
  storeAttendanceRemoved,
  storeRetentionRan,
  type OldBatch,
  type RetentionRules,
} from "./store.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Once a day; a process that starts a little early does not skip one. */
export const retentionIntervalMs = 23 * hourMs;
const retryAfterMs = hourMs;
/** Rows of one transaction. */
const batchSize = 500;
/** Participants of one transaction: each takes the hundreds of times along that they were seen. */
const participantBatchSize = 100;
/** Transactions of one clearing for one kind of thing; the next day goes on. */
const maxBatches = 2_000;
const decidedKeptMs = 30 * dayMs;

/** How much was removed, by kind. */
export type Cleared = Readonly<Record<string, number>>;

type ClearingServices = Pick<Services, "database" | "now" | "recordings" | "log">;

/**
 * Removes what the school does not want to keep any longer, once a day: null when it ran already, here or in
 * another process. All in transactions of bounded size. A clearing that fails is tried again an hour later.
 */
export async function clearSchool(
  services: ClearingServices,
  schoolId: SchoolId,
): Promise<Cleared | null> {
  const nowMs = services.now();
  const inSchool: InSchool = (work) => services.database.inSchool(schoolId, work);
  const ranBeforeMs = nowMs - retentionIntervalMs;
  const rules = await inSchool((tx) => claimRetention(tx, { nowMs, ranBeforeMs }));
  if (!rules) return null;
  try {
    const cleared = {
      ...(await clear(inSchool, rules, nowMs)),
      recordings: await removeOldRecordings(
        services,
        schoolId,
        nowMs - rules.recordingsDays * dayMs,
      ),
    };
    const hasCleared = Object.values(cleared).some((count) => count > 0);
    if (hasCleared) await inSchool((tx) => recordRun(tx, schoolId, cleared));
    return cleared;
  } catch (error) {
    await inSchool((tx) => storeRetentionRan(tx, ranBeforeMs + retryAfterMs));
    throw error;
  }
}

type InSchool = <T>(work: (tx: SchoolTransaction) => Promise<T>) => Promise<T>;

async function clear(inSchool: InSchool, rules: RetentionRules, nowMs: number): Promise<Cleared> {
  const older = (days: number): OldBatch => ({
    beforeMs: nowMs - days * dayMs,
    nowMs,
    size: batchSize,
  });
  const times = {
    nowMs,
    decidedBeforeMs: nowMs - decidedKeptMs,
    auditBeforeMs: nowMs - rules.auditDays * dayMs,
  };
  const cleared: Record<string, number> = {
    messages: await clearMessages(inSchool, older(rules.messagesDays)),
    registers: await clearRegisters(inSchool, older(rules.attendanceDays)),
    boards: await clearBoards(inSchool, older(rules.boardsDays)),
  };
  for (const kind of expiring) {
    cleared[kind] = await repeat(() =>
      inSchool((tx) => deleteExpired(tx, kind, { times, size: batchSize })),
    );
  }
  // Nobody's and worth no word to anybody.
  await repeat(() => inSchool((tx) => deleteToldWebhooks(tx, batchSize)));
  return cleared;
}

/** Until one removes nothing, or there were many. Gives how many rows all of them removed. */
async function repeat(removeBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let count = 0; count < maxBatches; count += 1) {
    const removed = await removeBatch();
    total += removed;
    if (removed === 0) break;
  }
  return total;
}

async function clearMessages(inSchool: InSchool, old: OldBatch): Promise<number> {
  let total = 0;
  for (const roomId of await inSchool(loadRoomsWithMessages)) {
    total += await repeat(() => inSchool((tx) => eraseOldMessages(tx, roomId, old)));
  }
  return total;
}

async function clearRegisters(inSchool: InSchool, old: OldBatch): Promise<number> {
  const classes = await inSchool((tx) => loadOldClasses(tx, old));
  for (const id of classes) {
    await repeat(() => inSchool((tx) => deleteParticipants(tx, id, participantBatchSize)));
    await repeat(() => inSchool((tx) => deleteCorrections(tx, id, old.size)));
    await inSchool((tx) => storeAttendanceRemoved(tx, id, old.nowMs));
  }
  return classes.length;
}

async function clearBoards(inSchool: InSchool, old: OldBatch): Promise<number> {
  const boards = await inSchool((tx) => loadOldBoards(tx, old));
  for (const id of boards) {
    await repeat(() => inSchool((tx) => deleteBoardUpdates(tx, id, old.size)));
    await inSchool((tx) => deleteBoard(tx, id));
  }
  return boards.length;
}

function recordRun(tx: SchoolTransaction, schoolId: SchoolId, details: Cleared): Promise<void> {
  const subject = { kind: "school", id: schoolId } as const;
  return recordAudit(tx, { actor: null, action: "school.retentionRan", subject, details });
}
