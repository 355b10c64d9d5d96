import type { ParticipantId, RoomId } from "@darasa/protocol";

/**
 * The unsent text of one person in one room. It survives a reload and ends with the tab, so that the next
 * person at a shared computer does not find it.
 */
export interface Draft {
  readonly load: () => string;
  readonly store: (text: string) => void;
}

/** The draft of that person in that room, kept in `storage`; without one it is always empty. */
export function makeDraft(
  person: ParticipantId,
  room: RoomId,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null,
): Draft {
  const key = `${keysOf(person)}${room}`;
  return {
    load: () => attempt(() => storage?.getItem(key)) ?? "",
    store: (text) => {
      attempt(() => (text === "" ? storage?.removeItem(key) : storage?.setItem(key, text)));
    },
  };
}

/** Throws that person's drafts of all rooms away. */
export function forgetDrafts(
  person: ParticipantId,
  storage: Pick<Storage, "key" | "length" | "removeItem"> | null,
): void {
  const keys = Array.from({ length: storage?.length ?? 0 }, (_, at) => storage?.key(at) ?? "");
  for (const key of keys) {
    if (key.startsWith(keysOf(person))) attempt(() => storage?.removeItem(key));
  }
}

function keysOf(person: ParticipantId): string {
  return `darasa.draft.${person}.`;
}

/** Browsers that keep nothing throw; a draft is not worth an error. */
function attempt<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
