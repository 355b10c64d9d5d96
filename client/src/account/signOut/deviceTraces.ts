import type { ParticipantId } from "@darasa/protocol";
import { markedCopies, openCopyMark } from "../../board/copyMarks.ts";
import { forgetLocalCopy } from "../../board/forgetLocalCopy.ts";
import { forgetDrafts } from "../../chat/draft.ts";
import { countKeptMessages, forgetKeptMessages } from "../../connection/indexedDbOutboxStore.ts";

/** How much of somebody's work is on this device only. */
export interface Unsent {
  readonly messages: number;
  readonly boards: number;
}

/** What of that person's work the server does not have. Never rejects: a browser that keeps nothing has nothing. */
export async function findUnsent(person: ParticipantId): Promise<Unsent> {
  return {
    messages: await countKeptMessages(person).catch(() => 0),
    boards: markedCopies(person).filter(({ isStored }) => !isStored).length,
  };
}

/**
 * Takes everything of that person off this device: copies of boards, unsent messages and drafts of this tab. Call
 * it after the sign-out, when no page of theirs is open any more. Never rejects.
 */
export async function forgetTraces(person: ParticipantId): Promise<void> {
  forgetDrafts(person, tabStorage());
  await forgetKeptMessages(person).catch(() => undefined);
  for (const { name } of markedCopies(person)) {
    await forgetLocalCopy(name);
    openCopyMark(name).remove();
  }
}

function tabStorage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
