import { createSignal, Match, Switch, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { MessagePage } from "../../shell/MessagePage.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { newPasswordFault } from "../checkFields.ts";
import { createForm } from "../createForm.ts";
import { DoorPage } from "../door/DoorPage.tsx";
import { NewPasswordField } from "../door/NewPasswordField.tsx";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import styles from "../door/Form.module.css";
import { takeFragment } from "../takeFragment.ts";
import { weakPassword } from "../weakPassword.ts";
import { LinkGone } from "./LinkGone.tsx";

/** Setting a new password by the link in a mail. */
export function ResetPage(): JSX.Element {
  const { t } = useI18n();
  const token = takeFragment();
  const [state, setState] = createSignal<"open" | "done" | "gone">("open");
  return (
    <Switch>
      <Match when={token === "" || state() === "gone"}>
        <LinkGone
          isMissing={token === ""}
          again={{ href: "/forgot", label: t("account.linkNew") }}
        />
      </Match>
      <Match when={state() === "done"}>
        <MessagePage
          title={t("account.resetDoneTitle")}
          text={t("account.resetDone")}
          actions={
            <ButtonLink href="/sign-in" variant="primary">
              {t("account.signIn")}
            </ButtonLink>
          }
        />
      </Match>
      <Match when={true}>
        <DoorPage title={t("account.resetTitle")} lead={t("account.resetLead")}>
          <ResetForm
            token={token}
            onDone={() => setState("done")}
            onGone={() => setState("gone")}
          />
        </DoorPage>
      </Match>
    </Switch>
  );
}

interface ResetFormProps {
  readonly token: string;
  readonly onDone: () => void;
  /** The link is worth nothing any more. */
  readonly onGone: () => void;
}

function ResetForm(props: ResetFormProps): JSX.Element {
  const { t } = useI18n();
  const [password, setPassword] = createSignal("");
  const form = createForm<"password">({
    check: () => ({ password: newPasswordFault(password()) }),
    send: async () => {
      const body = { token: props.token, password: password() };
      try {
        await dataOf(api.POST("/api/auth/reset", { body }));
      } catch (problem) {
        if (problemCode(problem) !== "link_invalid") throw problem;
        props.onGone();
        return;
      }
      props.onDone();
    },
    faultsOf: weakPassword,
  });
  return (
    <form class={styles.form} noValidate onSubmit={(event) => void form.submit(event)}>
      <ProblemBanner problem={form.problem()} />
      <NewPasswordField
        label={t("account.newPassword")}
        error={form.fault("password")}
        value={password()}
        onInput={setPassword}
      />
      <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>
        {form.busy() ? t("account.saving") : t("account.resetSave")}
      </Button>
    </form>
  );
}
