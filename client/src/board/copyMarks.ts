import type { BoardId, ParticipantId } from "@darasa/protocol";

/** What this device remembers of every board that it keeps a copy of, beside the copy itself. */
export interface CopyMark {
  /** Says whether everything drawn here has reached the server. Cheap when nothing has changed. */
  readonly set: (isStored: boolean) => void;
  /** The copy has been emptied. */
  readonly remove: () => void;
}

type MarkStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const prefix = "darasa.copy:";

/** The database of one person's copy of one board: two people of one computer never share a copy. */
export function localCopyName(participantId: ParticipantId, board: BoardId): string {
  return `${namesOf(participantId)}${board}`;
}

/** The mark of the copy of that name; a new copy counts as stored. Never throws. */
export function openCopyMark(name: string, storage = deviceStorage()): CopyMark {
  const key = prefix + name;
  let present = attempt(() => storage?.getItem(key)) ?? undefined;
  const set = (isStored: boolean): void => {
    const wanted = isStored ? "stored" : "unstored";
    if (present === wanted) return;
    present = wanted;
    attempt(() => storage?.setItem(key, wanted));
  };
  if (present === undefined) set(true);
  return {
    set,
    remove: () => {
      present = undefined;
      attempt(() => storage?.removeItem(key));
    },
  };
}

/** The copies that this device keeps for that person, and which of them hold what the server has not. */
export function markedCopies(
  participantId: ParticipantId,
  storage = deviceStorage(),
): { readonly name: string; readonly isStored: boolean }[] {
  const own = prefix + namesOf(participantId);
  const keys = attempt(() =>
    Array.from({ length: storage?.length ?? 0 }, (_, at) => storage?.key(at) ?? ""),
  );
  return (keys ?? [])
    .filter((key) => key.startsWith(own))
    .map((key) => ({
      name: key.slice(prefix.length),
      isStored: attempt(() => storage?.getItem(key)) !== "unstored",
    }));
}

function namesOf(participantId: ParticipantId): string {
  return `darasa.board.${participantId}.`;
}

function deviceStorage(): MarkStorage | undefined {
  return attempt(() => globalThis.localStorage);
}

/** Where storage is forbidden, there are no copies either. */
function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
