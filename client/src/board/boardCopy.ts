import type { BoardId, ParticipantId } from "@darasa/protocol";
import { boardRoots, type BoardStoredEvent, type DeleteRange } from "@darasa/protocol/board";
import { Doc, getState, type Transaction } from "yjs";
import type { Environment } from "../connection/environment.ts";
import { connectBoard, type BoardLink } from "./connectBoard.ts";
import { forgetLocalCopy, localCopyName, openLocalCopy } from "./localCopy.ts";
import { localOrigin } from "./localOrigin.ts";
import { OwnAwareness } from "./ownAwareness.ts";
import type { SharedBoard } from "./sharedBoard.ts";
import { createStoredTracker } from "./trackStored.ts";

/** One copy of a board's document on this device, from opening to throwing away. */
export interface BoardCopy extends SharedBoard {
  readonly link: () => BoardLink;
  readonly isOpen: () => boolean;
  readonly isStored: () => boolean;
  readonly stored: (event: BoardStoredEvent) => void;
  /** Tries the connection again at once. */
  readonly retry: () => void;
  /** Ends the connection and the keeping; `forget` also empties what this device has kept. */
  readonly close: (end: { readonly forget: boolean }) => Promise<void>;
}

export interface BoardCopyOptions {
  readonly board: BoardId;
  readonly participantId: ParticipantId;
  readonly address: string;
  readonly getTicket: () => Promise<string>;
  readonly environment: Pick<Environment, "after" | "random" | "watchNetwork">;
  /** Any of the answers of `BoardCopy` may be another now. */
  readonly changed: () => void;
}

/** Opens the copy kept here, if there is one, and then the connection that brings it up to date. */
export function openBoardCopy(options: BoardCopyOptions): BoardCopy {
  const doc = new Doc();
  const awareness = new OwnAwareness(doc);
  awareness.setLocalState(null);
  const tracker = createStoredTracker(doc.clientID);
  const name = localCopyName(options.participantId, options.board);
  let link: BoardLink = "connecting";
  let isOpen = false;

  doc.on("afterTransaction", (transaction: Transaction) => {
    if (transaction.origin !== localOrigin) return;
    tracker.edited(getState(doc.store, doc.clientID), deletedRanges(transaction));
    options.changed();
  });
  const connection = connectBoard({
    ...options,
    doc,
    awareness,
    linkChanged: (next) => {
      link = next;
      isOpen ||= next === "online";
      options.changed();
    },
    answered: tracker.answered,
  });
  let isClosed = false;
  const keeping = openLocalCopy(name, doc).then((localCopy) => {
    if (isClosed) return localCopy;
    const hasEarlier = doc.store.clients.size > 0;
    if (hasEarlier) {
      tracker.loadedEarlierEdits();
      isOpen = true;
    }
    connection.connect();
    return localCopy;
  });

  return {
    roots: boardRoots(doc),
    awareness,
    link: () => link,
    isOpen: () => isOpen,
    isStored: tracker.isStored,
    stored: (event) => {
      tracker.stored(event);
      options.changed();
    },
    retry: connection.connect,
    close: async ({ forget }) => {
      isClosed = true;
      connection.close();
      await (await keeping)?.close();
      doc.destroy();
      if (forget) await forgetLocalCopy(name);
    },
  };
}

function deletedRanges(transaction: Transaction): DeleteRange[] {
  return [...transaction.deleteSet.clients].flatMap(([client, items]) =>
    items.map((item): DeleteRange => [client, item.clock, item.len]),
  );
}
