import { createEffect, createSignal, on, type Accessor } from "solid-js";

/** What was loaded for something that may change. */
export interface Loaded<Data> {
  /** Undefined while nothing of this is there. */
  readonly data: Accessor<Data | undefined>;
  readonly error: Accessor<unknown>;
  readonly retry: () => void;
}

/** Loads anew whenever `of` changes, as soon as it says something; what came too late is not shown. */
export function createLoaded<Of, Data>(
  of: Accessor<Of | undefined>,
  load: (of: Of) => Promise<Data>,
): Loaded<Data> {
  const [data, setData] = createSignal<Data>();
  const [error, setError] = createSignal<unknown>();
  let latest = 0;
  const run = async (wanted: Of | undefined): Promise<void> => {
    const own = ++latest;
    setData(undefined);
    setError(undefined);
    if (wanted === undefined) return;
    try {
      const loaded = await load(wanted);
      if (own === latest) setData(() => loaded);
    } catch (problem) {
      if (own === latest) setError(problem);
    }
  };
  createEffect(on(of, (wanted) => void run(wanted)));
  return { data, error, retry: () => void run(of()) };
}
