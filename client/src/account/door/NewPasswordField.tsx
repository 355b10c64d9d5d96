import { For, Show, type JSX } from "solid-js";
import type { TextKey } from "../../i18n/catalogue.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { classNames } from "../../ui/classNames.ts";
import { passwordStrength, type PasswordStrength } from "../passwordStrength.ts";
import { PasswordField, type PasswordFieldProps } from "./PasswordField.tsx";
import styles from "./NewPasswordField.module.css";

const looks: Record<PasswordStrength, { readonly word: TextKey; readonly bars: number }> = {
  tooShort: { word: "account.strengthShort", bars: 0 },
  tooLong: { word: "account.strengthLong", bars: 0 },
  weak: { word: "account.strengthWeak", bars: 1 },
  fair: { word: "account.strengthFair", bars: 2 },
  good: { word: "account.strengthGood", bars: 3 },
  strong: { word: "account.strengthStrong", bars: 4 },
};

/** A password that is to be set, with a hint of how easily it is guessed. */
export function NewPasswordField(
  props: Pick<PasswordFieldProps, "label" | "value" | "onInput" | "error">,
): JSX.Element {
  const { t } = useI18n();
  const look = () => looks[passwordStrength(props.value)];
  return (
    <div>
      <PasswordField
        {...props}
        name="new-password"
        autocomplete="new-password"
        hint={props.value === "" ? t("account.passwordHint") : undefined}
      />
      <div class={styles.strength} aria-live="polite">
        <Show when={props.value !== ""}>
          <span class={styles.bars} aria-hidden="true">
            <For each={[1, 2, 3, 4]}>
              {(bar) => (
                <span
                  class={classNames(
                    styles.bar,
                    bar <= look().bars && (look().bars < 3 ? styles.some : styles.enough),
                  )}
                />
              )}
            </For>
          </span>
          <span class={styles.word}>
            {t("account.strengthLabel")}: {t(look().word)}
          </span>
        </Show>
      </div>
    </div>
  );
}
