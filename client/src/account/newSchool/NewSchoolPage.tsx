import { useNavigate } from "@solidjs/router";
import { createSignal, Match, Switch, type JSX } from "solid-js";
import { useSignIn } from "../../api/SignIn.tsx";
import { createConfig } from "../../config.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { MessagePage } from "../../shell/MessagePage.tsx";
import { ButtonLink } from "../../ui/Button.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import { DoorPage } from "../door/DoorPage.tsx";
import styles from "../door/Form.module.css";
import { storeSchool } from "../door/rememberedSchool.ts";
import { ConfirmMail } from "../links/ConfirmMail.tsx";
import { NewSchoolForm } from "./NewSchoolForm.tsx";

/** Opening a school of one's own, where whoever runs the server allows it. */
export function NewSchoolPage(): JSX.Element {
  const { t } = useI18n();
  const { enter } = useSignIn();
  const navigate = useNavigate();
  const config = createConfig();
  const [unverified, setUnverified] = createSignal<string>();
  return (
    <Switch
      fallback={
        <MessagePage
          title={t("account.newSchoolTitle")}
          actions={<Spinner label={t("common.loading")} />}
        />
      }
    >
      <Match when={unverified()}>{(email) => <ConfirmMail email={email()} />}</Match>
      <Match when={config()?.schoolSignUp === true}>
        <DoorPage title={t("account.newSchoolTitle")} lead={t("account.newSchoolLead")}>
          <NewSchoolForm
            onMade={(slug, made) => {
              storeSchool(slug);
              if ("verify" in made) {
                setUnverified(made.verify);
                return;
              }
              enter(made);
              navigate("/", { replace: true });
            }}
          />
          <div class={styles.after}>
            <ButtonLink href="/sign-in" variant="quiet">
              {t("account.backToSignIn")}
            </ButtonLink>
          </div>
        </DoorPage>
      </Match>
      <Match when={config()?.schoolSignUp === false}>
        <MessagePage
          title={t("account.newSchoolClosedTitle")}
          text={t("account.newSchoolClosed")}
          actions={
            <ButtonLink href="/sign-in" variant="primary">
              {t("account.backToSignIn")}
            </ButtonLink>
          }
        />
      </Match>
    </Switch>
  );
}
