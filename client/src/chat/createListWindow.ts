import { createMemo, createSignal, type Accessor } from "solid-js";

/** How many of the newest rows are drawn at first, and how many more at a time. */
const firstRows = 120;
const moreRows = 60;

/** The newest part of a long list, which grows backwards on demand. */
export interface ListWindow<Item> {
  readonly items: Accessor<readonly Item[]>;
  /** Are there rows in memory before the first one drawn? */
  readonly hasHidden: Accessor<boolean>;
  readonly grow: () => void;
  /** Back to the newest rows only. */
  readonly shrink: () => void;
}

/** A window on `all`. */
export function createListWindow<Item>(all: Accessor<readonly Item[]>): ListWindow<Item> {
  const [rows, setRows] = createSignal(firstRows);
  const hasHidden = createMemo(() => all().length > rows());
  return {
    items: createMemo(() => (hasHidden() ? all().slice(-rows()) : all())),
    hasHidden,
    grow: () => setRows((before) => before + moreRows),
    shrink: () => setRows(firstRows),
  };
}
