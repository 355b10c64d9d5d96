import { createEffect, createSignal, on, onCleanup } from "solid-js";

/** One page of a list, as the API gives it. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
}

/** A long list that comes page by page. */
export interface PagedList<Item> {
  /** Undefined until the first page is there; the old ones stay while others are on their way. */
  readonly items: () => readonly Item[] | undefined;
  readonly more: () => boolean;
  readonly busy: () => boolean;
  /** Why the last load failed; undefined when it did not. */
  readonly error: () => unknown;
  /** Brings the next page; never rejects. */
  readonly loadMore: () => Promise<void>;
  /** Begins again with the first page; never rejects. */
  readonly reload: () => Promise<void>;
  /** Changes what is shown without asking the server. */
  readonly change: (change: (items: readonly Item[]) => readonly Item[]) => void;
}

/** How to load: what is asked for, and the pages of it. */
export interface PagedSource<Item, Query> {
  /** Reactive: another query begins the list anew. */
  readonly query: () => Query;
  /** The page after `last`; the first one without. */
  readonly load: (query: Query, last: Item | undefined) => Promise<ListPage<Item>>;
}

/** A list that loads its first page now and whenever the query changes. An answer that was overtaken is dropped. */
export function createPagedList<Item, Query>({
  query,
  load,
}: PagedSource<Item, Query>): PagedList<Item> {
  const [items, setItems] = createSignal<readonly Item[]>();
  const [more, setMore] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<unknown>();
  let latest = 0;

  const bring = async (before: readonly Item[]): Promise<void> => {
    const own = ++latest;
    setBusy(true);
    try {
      const page = await load(query(), before.at(-1));
      if (own !== latest) return;
      setItems([...before, ...page.items]);
      setMore(page.more);
      setError(undefined);
    } catch (problem) {
      if (own === latest) setError(problem);
    } finally {
      if (own === latest) setBusy(false);
    }
  };

  createEffect(on(query, () => void bring([])));
  onCleanup(() => (latest += 1));
  return {
    items,
    more,
    busy,
    error,
    loadMore: async () => {
      if (!busy()) await bring(items() ?? []);
    },
    reload: () => bring([]),
    change: (change) => setItems((before) => before && change(before)),
  };
}
