import { createSignal, Match, Switch, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ConfirmStep, type NewFactor } from "./ConfirmStep.tsx";
import { PasswordStep } from "./PasswordStep.tsx";
import { RecoveryCodes } from "./RecoveryCodes.tsx";

/** Setting up a second factor: the password, the authenticator, and what helps when it is lost. */
export function SetUpDialog(props: {
  /** It is in force from now on; the dialog still shows the recovery codes. */
  readonly onOn: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useI18n();
  const [factor, setFactor] = createSignal<NewFactor>();
  const [codes, setCodes] = createSignal<readonly string[]>();
  return (
    <Dialog
      title={codes() === undefined ? t("settings.factorSetUpTitle") : t("settings.factorDone")}
      onClose={() => props.onClose()}
    >
      <Switch fallback={<PasswordStep onBegun={setFactor} />}>
        <Match when={codes()}>
          {(made) => <RecoveryCodes codes={made()} onKept={() => props.onClose()} />}
        </Match>
        <Match when={factor()}>
          {(begun) => (
            <ConfirmStep
              factor={begun()}
              onConfirmed={(made) => {
                setCodes(made);
                props.onOn();
              }}
            />
          )}
        </Match>
      </Switch>
    </Dialog>
  );
}
