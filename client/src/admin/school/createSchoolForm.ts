import { createMemo, createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import type { School } from "./school.ts";
import {
  changeOf,
  faultsOf,
  makeDraft,
  removesSomething,
  type DraftFault,
  type SchoolDraft,
} from "./schoolDraft.ts";

/** The form of a school's settings: what stands in it, what of that does not do, and how saving goes. */
export interface SchoolForm {
  readonly draft: SchoolDraft;
  readonly set: (change: Partial<SchoolDraft>) => void;
  /** Why a field's value does not do, in words. */
  readonly fault: (field: keyof SchoolDraft) => string | undefined;
  readonly hasFaults: () => boolean;
  readonly isChanged: () => boolean;
  /** Saving would have things removed for good. */
  readonly removes: () => boolean;
  readonly busy: () => boolean;
  readonly savedAtMs: () => number | undefined;
  readonly problem: () => unknown;
  /** Rejects never; `problem` says what went wrong. */
  readonly save: () => Promise<void>;
  readonly discard: () => void;
}

/** A form that begins with the school as it is. */
export function createSchoolForm(
  school: () => School,
  onSaved: (school: School) => void,
): SchoolForm {
  const describeFault = useFaultText();
  const [draft, setDraft] = createStore<SchoolDraft>(makeDraft(school()));
  const [busy, setBusy] = createSignal(false);
  const [savedAtMs, setSavedAtMs] = createSignal<number>();
  const [problem, setProblem] = createSignal<unknown>();
  const faults = createMemo(() => faultsOf(draft));
  const change = createMemo(() => changeOf(school(), draft));
  const hasFaults = (): boolean => Object.keys(faults()).length > 0;

  return {
    draft,
    set: (next) => setDraft(next),
    fault: (field) => describeFault(faults()[field]),
    hasFaults,
    isChanged: () => hasFaults() || Object.keys(change()).length > 0,
    removes: () => removesSomething(school(), change()),
    busy,
    savedAtMs,
    problem,
    async save() {
      if (busy() || hasFaults()) return;
      setBusy(true);
      setProblem(undefined);
      try {
        const saved = await dataOf(api.PATCH("/api/school", { body: change() }));
        onSaved(saved);
        setDraft(makeDraft(saved));
        setSavedAtMs(Date.now());
      } catch (error) {
        setProblem(error);
      } finally {
        setBusy(false);
      }
    },
    discard() {
      setDraft(makeDraft(school()));
      setProblem(undefined);
    },
  };
}

function useFaultText(): (fault: DraftFault | undefined) => string | undefined {
  const { t, formatNumber } = useI18n();
  return (fault) => {
    if (fault === undefined) return undefined;
    const values = Object.entries(fault.params ?? {}).map(
      ([name, value]) => [name, formatNumber(value)] as const,
    );
    return t(fault.key, Object.fromEntries(values));
  };
}
