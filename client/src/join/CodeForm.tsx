import { classCodeLength } from "@darasa/protocol";
import ArrowRight from "lucide-solid/icons/arrow-right";
import { createSignal, createUniqueId, For, Show, type JSX } from "solid-js";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { classNames } from "../ui/classNames.ts";
import { cleanClassCode, isClassCode } from "./classCode.ts";
import styles from "./CodeForm.module.css";

export interface CodeFormProps {
  readonly initial: string;
  /** Why the code that was asked for opens nothing. */
  readonly problem: string | undefined;
  readonly onCode: (code: string) => void;
}

/** Six big boxes over one plain input: what paste, screen readers and phone keyboards know. */
export function CodeForm(props: CodeFormProps): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const id = createUniqueId();
  const [code, setCode] = createSignal(props.initial);
  const [isShort, setIsShort] = createSignal(false);
  const error = (): string | undefined => (isShort() ? t("join.codeIncomplete") : props.problem);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setIsShort(!isClassCode(code()));
    if (isClassCode(code())) props.onCode(code());
  };
  const onInput = (input: HTMLInputElement): void => {
    const clean = cleanClassCode(input.value);
    setCode(clean);
    // Also when the signal did not change: what was dropped must leave the field.
    input.value = clean;
  };

  return (
    <form class={styles.form} noValidate onSubmit={submit}>
      <h1 class={styles.title}>{t("join.title")}</h1>
      <p class={styles.lead}>{t("join.lead")}</p>
      <label class={styles.label} for={id}>
        {t("join.code")}
      </label>
      <div class={styles.boxes}>
        <input
          id={id}
          class={styles.input}
          name="code"
          value={code()}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          enterkeyhint="go"
          aria-invalid={error() === undefined ? undefined : "true"}
          aria-describedby={error() === undefined ? `${id}-hint` : `${id}-error`}
          onInput={(event) => onInput(event.currentTarget)}
        />
        <For each={Array.from({ length: classCodeLength }, (_, index) => index)}>
          {(index) => (
            <span
              class={classNames(styles.box, index === code().length && styles.next)}
              aria-hidden="true"
            >
              {code()[index]}
            </span>
          )}
        </For>
      </div>
      <p class={styles.error} id={`${id}-error`} role="alert">
        {error()}
      </p>
      <Show when={error() === undefined}>
        <p class={styles.hint} id={`${id}-hint`}>
          {t("join.codeHint")}
        </p>
      </Show>
      <Button type="submit" variant="primary" size="lg" wide icon={<ArrowRight />}>
        {t("join.next")}
      </Button>
      <Show when={user() === null}>
        <ButtonLink href="/sign-in" variant="quiet" wide>
          {t("join.haveAccount")}
        </ButtonLink>
      </Show>
    </form>
  );
}
