import Eye from "lucide-solid/icons/eye";
import EyeOff from "lucide-solid/icons/eye-off";
import { createSignal, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { TextField } from "../../ui/TextField.tsx";

export interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** Tells the browser's own keeper of passwords which one is meant. */
  readonly autocomplete: "current-password" | "new-password";
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly name?: string | undefined;
}

/** A password, hidden until its owner wants to see it. */
export function PasswordField(props: PasswordFieldProps): JSX.Element {
  const { t } = useI18n();
  const [visible, setVisible] = createSignal(false);
  return (
    <TextField
      label={props.label}
      hint={props.hint}
      error={props.error}
      type={visible() ? "text" : "password"}
      name={props.name ?? "password"}
      autocomplete={props.autocomplete}
      autocapitalize="none"
      spellcheck={false}
      value={props.value}
      onInput={(value) => props.onInput(value)}
      action={
        <IconButton
          label={visible() ? t("account.hidePassword") : t("account.showPassword")}
          icon={visible() ? <EyeOff /> : <Eye />}
          onClick={() => setVisible((before) => !before)}
        />
      }
    />
  );
}
