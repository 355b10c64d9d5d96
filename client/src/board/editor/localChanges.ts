import type { RecordsDiff, TLRecord } from "tldraw";
import type { SharedRecord } from "./decodeRecord.ts";
import { isShared } from "./documentView.ts";
import type { StrokeShape } from "./writeInk.ts";

/** What of a record has changed here. */
export interface LocalChange {
  readonly id: string;
  /** Also where its pen went, not only how it looks or where it lies. */
  readonly hasNewPoints: boolean;
}

/** The changes of an editor's store that concern the document. */
export function localChanges({ added, updated, removed }: RecordsDiff<TLRecord>): LocalChange[] {
  const changes: LocalChange[] = [];
  for (const record of Object.values(added)) {
    if (isShared(record)) changes.push({ id: record.id, hasNewPoints: isStroke(record) });
  }
  for (const [before, now] of Object.values(updated)) {
    if (isShared(now)) changes.push({ id: now.id, hasNewPoints: hasNewPoints(before, now) });
  }
  for (const record of Object.values(removed)) {
    if (isShared(record)) changes.push({ id: record.id, hasNewPoints: false });
  }
  return changes;
}

/** Adds a change to those of the same record that wait already. */
export function rememberChange(changes: Map<string, LocalChange>, change: LocalChange): void {
  const hasNewPoints = change.hasNewPoints || (changes.get(change.id)?.hasNewPoints ?? false);
  changes.set(change.id, { id: change.id, hasNewPoints });
}

/** A shape whose points stand apart from its record. */
export function isStroke(record: SharedRecord): record is StrokeShape {
  return record.typeName === "shape" && (record.type === "draw" || record.type === "highlight");
}

/** Records are never changed but replaced: the same list of segments means the same points. */
function hasNewPoints(before: TLRecord, now: SharedRecord): boolean {
  if (!isShared(before) || !isStroke(before) || !isStroke(now)) return false;
  return before.props.segments !== now.props.segments;
}
