import { createSignal, onCleanup, onMount } from "solid-js";

/** What was last loaded, kept while newer is on its way. */
export interface Polled<Data> {
  /** Undefined until the first load succeeded. */
  readonly data: () => Data | undefined;
  /** Why the last load failed; undefined when it did not. */
  readonly error: () => unknown;
  /** Loads now; never rejects. */
  readonly refresh: () => Promise<void>;
}

/**
 * Loads at once, then every `everyMs` and whenever the page is looked at again, as long as `wanted` says so;
 * a page that nobody sees costs nothing.
 */
export function createPolled<Data>(
  load: () => Promise<Data>,
  { everyMs, wanted = () => true }: { readonly everyMs: number; readonly wanted?: () => boolean },
): Polled<Data> {
  const [data, setData] = createSignal<Data>();
  const [error, setError] = createSignal<unknown>();
  let latest = 0;

  const refresh = async (): Promise<void> => {
    const own = ++latest;
    try {
      const loaded = await load();
      if (own !== latest) return;
      setData(() => loaded);
      setError(undefined);
    } catch (problem) {
      if (own === latest) setError(problem);
    }
  };
  const refreshIfSeen = (): void => {
    if (document.visibilityState === "visible" && wanted()) void refresh();
  };

  onMount(() => {
    void refresh();
    const timer = setInterval(refreshIfSeen, everyMs);
    document.addEventListener("visibilitychange", refreshIfSeen);
    onCleanup(() => {
      latest += 1;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", refreshIfSeen);
    });
  });
  return { data, error, refresh };
}
