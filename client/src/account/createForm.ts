import { createSignal, type Accessor } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { isFaultless, type Faults } from "./checkFields.ts";

export interface FormOptions<Name extends string> {
  /** What can be seen to be wrong before the server is asked. */
  readonly check: () => Faults<Name>;
  /** Sends it. What it rejects with is shown. */
  readonly send: () => Promise<void>;
  /** Problems that belong to one field, and are said there; the others stand above the form. */
  readonly faultsOf?: (problem: unknown) => Faults<Name>;
}

/** What a form is about to do, and what was wrong with it. */
export interface Form<Name extends string> {
  readonly busy: Accessor<boolean>;
  /** Why it was not taken; undefined when it was, or when one field is to blame. */
  readonly problem: Accessor<unknown>;
  /** In the person's language, for the field's `error`. */
  readonly fault: (name: Name) => string | undefined;
  /** For the form's `onSubmit`; does nothing while it is being sent. Never rejects. */
  readonly submit: (event: SubmitEvent) => Promise<void>;
  /** Takes away what was said. */
  readonly forget: () => void;
}

/** A form that says in words what is wrong, with the focus on the first field that does not do. */
export function createForm<Name extends string>(options: FormOptions<Name>): Form<Name> {
  const { t } = useI18n();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();
  const [faults, setFaults] = createSignal<Faults<Name>>({});

  const show = (found: Faults<Name>, form: HTMLFormElement): boolean => {
    setFaults(() => found);
    if (isFaultless(found)) return false;
    form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    return true;
  };
  const send = async (form: HTMLFormElement): Promise<void> => {
    setBusy(true);
    try {
      await options.send();
    } catch (error) {
      if (!show(options.faultsOf?.(error) ?? {}, form)) setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    problem,
    fault: (name) => {
      const key = faults()[name];
      return key === undefined ? undefined : t(key);
    },
    submit: async (event) => {
      event.preventDefault();
      if (busy()) return;
      setProblem(undefined);
      const form = event.currentTarget as HTMLFormElement;
      if (!show(options.check(), form)) await send(form);
    },
    forget: () => {
      setProblem(undefined);
      setFaults({});
    },
  };
}
