import { connectionModes, type ConnectionMode, type LiveClassId } from "@darasa/protocol";
import { addDataUse, noDataUse, type DataUse } from "./reduceDataUse.ts";

type ReadStorage = Pick<Storage, "getItem">;
type WriteStorage = Pick<Storage, "setItem">;

/** What a person chose on this device, for every class. */
export interface LadderChoice {
  readonly wanted: ConnectionMode;
  readonly isAutomatic: boolean;
}

/** How it stands in one class, for when its page is loaded anew. */
export interface LadderProgress {
  readonly mode: ConnectionMode;
  readonly use: DataUse;
}

const choiceKey = "darasa.ladder";
const progressKey = "darasa.ladder.class";

/** What this device chose; everything, and nothing by itself, where it never chose. Never throws. */
export function loadLadderChoice(storage: () => ReadStorage): LadderChoice {
  const stored = read(storage, choiceKey);
  return {
    wanted: readMode(stored["wanted"]) ?? "full",
    isAutomatic: stored["isAutomatic"] === true,
  };
}

/** Remembers it on this device. Never throws: a browser without storage forgets. */
export function storeLadderChoice(storage: () => WriteStorage, choice: LadderChoice): void {
  write(storage, choiceKey, choice);
}

/** How that class stood in this tab before; null where it was not in that class. Never throws. */
export function loadLadderProgress(
  storage: () => ReadStorage,
  liveClassId: LiveClassId,
): LadderProgress | null {
  const stored = read(storage, progressKey);
  const mode = readMode(stored["mode"]);
  if (stored["liveClassId"] !== liveClassId || mode === null) return null;
  return { mode, use: readUse(stored["use"]) };
}

/** Remembers it for this tab. Never throws. */
export function storeLadderProgress(
  storage: () => WriteStorage,
  liveClassId: LiveClassId,
  progress: LadderProgress,
): void {
  write(storage, progressKey, { liveClassId, ...progress });
}

function readMode(value: unknown): ConnectionMode | null {
  return connectionModes.find((mode) => mode === value) ?? null;
}

function readUse(value: unknown): DataUse {
  const { byMode, loadedBytes } = asRecord(value);
  const modes = asRecord(byMode);
  return connectionModes.reduce(
    (use, mode) => {
      const { bytes, ms } = asRecord(modes[mode]);
      return addDataUse(use, { mode, bytes: amount(bytes), ms: amount(ms), loadedBytes: 0 });
    },
    { ...noDataUse, loadedBytes: amount(loadedBytes) },
  );
}

function amount(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}

function asRecord(value: unknown): Partial<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function read(storage: () => ReadStorage, key: string): Partial<Record<string, unknown>> {
  try {
    return asRecord(JSON.parse(storage().getItem(key) ?? "null"));
  } catch {
    return {};
  }
}

function write(storage: () => WriteStorage, key: string, value: unknown): void {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // Storage that is full or forbidden costs a comfort, not the class.
  }
}
