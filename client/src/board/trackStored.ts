import type { BoardStoredEvent, DeleteRange, SyncedCopy } from "@darasa/protocol/board";
import { subtractRanges } from "./deleteRanges.ts";

/** Edits of this device that the server has not yet said to have committed (SPEC B3). */
export interface StoredTracker {
  /** An edit was made here: the document's own clock after it, and what it deleted. */
  readonly edited: (clock: number, deletes: readonly DeleteRange[]) => void;
  /** The copy kept on this device came back: of its edits nobody knows here whether they are stored. */
  readonly loadedEarlierEdits: () => void;
  /** The server asked what this copy has, and got everything made until now. */
  readonly answered: (answer: SyncedCopy) => void;
  readonly stored: (event: Pick<BoardStoredEvent, "clocks" | "deletes" | "copy">) => void;
  /** True when every edit of this device is committed. */
  readonly isStored: () => boolean;
}

/** Edits between two answers: a committed answer settles all spans before it. */
interface Span {
  clock: number;
  deletes: DeleteRange[];
  /** Edits of an earlier visit are among these: no clock of ours tells of them. */
  hasEarlier: boolean;
  /** The answer that carried these edits to the server. */
  answer: SyncedCopy | null;
}

/** Follows the edits of one document, whose Yjs client is `clientId`. */
export function createStoredTracker(clientId: number): StoredTracker {
  let spans: Span[] = [];
  let storedClock = 0;

  const openSpan = (): Span => {
    const last = spans.at(-1);
    if (last?.answer === null) return last;
    const span: Span = { clock: 0, deletes: [], hasEarlier: false, answer: null };
    spans.push(span);
    return span;
  };
  const isOpen = (span: Span): boolean =>
    span.hasEarlier || span.deletes.length > 0 || span.clock > storedClock;

  return {
    edited: (clock, deletes) => {
      const span = openSpan();
      span.clock = Math.max(span.clock, clock);
      span.deletes.push(...deletes);
    },
    loadedEarlierEdits: () => {
      openSpan().hasEarlier = true;
    },
    answered: (answer) => {
      for (const span of spans) if (span.answer?.ticket !== answer.ticket) span.answer = answer;
    },
    stored: ({ clocks, deletes, copy }) => {
      storedClock = Math.max(storedClock, clocks[String(clientId)] ?? 0);
      for (const span of spans) span.deletes = subtractRanges(span.deletes, deletes);
      spans = spans.filter((span) => isOpen(span) && !isSettled(span.answer, copy));
    },
    isStored: () => !spans.some(isOpen),
  };
}

function isSettled(answer: SyncedCopy | null, copy: SyncedCopy | undefined): boolean {
  if (answer === null || copy === undefined) return false;
  return answer.ticket === copy.ticket && answer.count <= copy.count;
}
