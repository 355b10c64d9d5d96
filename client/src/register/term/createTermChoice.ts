import { useSearchParams } from "@solidjs/router";
import { createMemo, createResource, type Accessor } from "solid-js";
import { api, type Term } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { currentTerm, recentStretch, stretchOfTerm, type Stretch } from "../stretch.ts";

/** Stands in the address for the last 90 days. */
export const recent = "recent";

/** Which stretch of time is looked at. */
export interface TermChoice {
  /** Undefined until they are known. */
  readonly terms: Accessor<readonly Term[] | undefined>;
  /** A term's id, or `recent`. */
  readonly chosen: Accessor<string>;
  readonly choose: (value: string) => void;
  /** Undefined until the terms are known. */
  readonly stretch: Accessor<Stretch | undefined>;
  /** For the address of another page of the same time. */
  readonly query: Accessor<string>;
  readonly error: Accessor<unknown>;
  readonly retry: () => void;
}

/** The term that the address names; by itself the one that runs, or the last 90 days where there is none. */
export function createTermChoice(): TermChoice {
  const [search, setSearch] = useSearchParams<{ term?: string }>();
  const nowMs = Date.now();
  const [loaded, { refetch }] = createResource(async () => {
    try {
      return { terms: (await dataOf(api.GET("/api/terms"))).terms, error: undefined };
    } catch (error) {
      return { terms: undefined, error };
    }
  });
  const terms = (): readonly Term[] | undefined => loaded.latest?.terms;
  const term = createMemo(() => {
    const named = terms()?.find(({ id }) => id === search.term);
    return search.term === recent ? undefined : (named ?? currentTerm(terms() ?? [], nowMs));
  });
  const stretch = createMemo(() => {
    if (terms() === undefined) return undefined;
    const one = term();
    return one === undefined ? recentStretch(nowMs) : stretchOfTerm(one);
  });
  return {
    terms,
    chosen: () => term()?.id ?? recent,
    choose: (value) => setSearch({ term: value }, { replace: true }),
    stretch,
    query: () => `?term=${term()?.id ?? recent}`,
    error: () => loaded.latest?.error,
    retry: () => void refetch(),
  };
}
