import type { BoardStoredEvent } from "@darasa/protocol/board";
import { BoardCopy, type BoardCopyOptions } from "./boardCopy.ts";
import type { BoardStatus } from "./boardStatus.ts";
import type { SharedBoard } from "./sharedBoard.ts";

/** A board on this device: its document, kept and connected, and replaced when an edit was refused. */
export interface BoardDocument {
  /** The copy in use; another one after a refusal. */
  readonly shared: () => SharedBoard;
  readonly status: () => BoardStatus;
  /** The server told what of the board is committed. */
  readonly stored: (event: BoardStoredEvent) => void;
  /** The server did not take an edit: throws the copy away, also the kept one, and loads anew (SPEC B5). */
  readonly refused: () => void;
  readonly retry: () => void;
  /** Tickets can be had again: a wait for the next try ends. */
  readonly hurry: () => void;
  readonly close: () => void;
}

/** Opens the board; `changed` is called whenever `status` or `shared` is another. The caller closes it. */
export function createBoardDocument(options: BoardCopyOptions): BoardDocument {
  const tellChanged = (): void => {
    if (!isClosed) options.changed();
  };
  let isClosed = false;
  let isReloading = false;
  let isAnew = false;
  let copy = new BoardCopy({ ...options, changed: tellChanged });

  const reload = async (): Promise<void> => {
    isReloading = true;
    tellChanged();
    await copy.close({ forget: true });
    if (isClosed) return;
    isReloading = false;
    isAnew = true;
    copy = new BoardCopy({ ...options, changed: tellChanged });
    tellChanged();
  };

  return {
    shared: () => copy,
    status: () => ({
      link: copy.link,
      isOpen: copy.isOpen,
      isStored: copy.isStored,
      isRefused: isReloading || (isAnew && !copy.isOpen),
    }),
    stored: (event) => copy.stored(event),
    refused: () => {
      // One refusal often comes several times: once for every update that was under way.
      if (!isReloading) void reload();
    },
    retry: () => copy.retry(),
    hurry: () => copy.hurry(),
    close: () => {
      isClosed = true;
      void copy.close({ forget: false });
    },
  };
}
