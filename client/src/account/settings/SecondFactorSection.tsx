import { createSignal, Match, Show, Switch, type JSX } from "solid-js";
import type { User } from "../../api/api.ts";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { DisableDialog } from "./DisableDialog.tsx";
import styles from "./Part.module.css";
import { NewCodesDialog } from "./NewCodesDialog.tsx";
import { Section } from "./Section.tsx";
import { SetUpDialog } from "./SetUpDialog.tsx";

/** A second factor, for those who want one. */
export function SecondFactorSection(props: { readonly user: User }): JSX.Element {
  const { t } = useI18n();
  const { changeUser } = useSignIn();
  const toasts = useToasts();
  const [open, setOpen] = createSignal<"setUp" | "codes" | "disable">();
  const close = (): void => {
    setOpen(undefined);
  };
  const setOn = (secondFactor: boolean): void => changeUser({ ...props.user, secondFactor });

  return (
    <Section title={t("settings.factor")} text={t("settings.factorText")}>
      <p class={styles.state}>
        <Badge tone={props.user.secondFactor ? "success" : "neutral"}>
          {props.user.secondFactor ? t("settings.factorOn") : t("settings.factorOff")}
        </Badge>
        <span>
          {props.user.secondFactor ? t("settings.factorOnText") : t("settings.factorOffText")}
        </span>
      </p>
      <div class={styles.buttons}>
        <Show
          when={props.user.secondFactor}
          fallback={<Button onClick={() => setOpen("setUp")}>{t("settings.factorSetUp")}</Button>}
        >
          <Button onClick={() => setOpen("codes")}>{t("settings.recoveryNew")}</Button>
          <Button variant="quiet" onClick={() => setOpen("disable")}>
            {t("settings.factorDisable")}
          </Button>
        </Show>
      </div>
      <Switch>
        <Match when={open() === "setUp"}>
          <SetUpDialog onOn={() => setOn(true)} onClose={close} />
        </Match>
        <Match when={open() === "codes"}>
          <NewCodesDialog onClose={close} />
        </Match>
        <Match when={open() === "disable"}>
          <DisableDialog
            onOff={() => {
              close();
              setOn(false);
              toasts.show({ text: t("settings.factorDisabled"), tone: "success" });
            }}
            onClose={close}
          />
        </Match>
      </Switch>
    </Section>
  );
}
