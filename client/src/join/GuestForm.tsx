import { limits } from "@darasa/protocol";
import { useNavigate } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import type { User } from "../api/api.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { TextField } from "../ui/TextField.tsx";
import { signInPath } from "../shell/nextPath.ts";
import styles from "./InvitationCard.module.css";

export interface GuestFormProps {
  readonly code: string;
  /** The account that this browser is signed in to: it would be signed out. */
  readonly signedIn: User | null;
  /** Given when that account could join as itself. */
  readonly onBack: (() => void) | undefined;
}

/** A name, and in. */
export function GuestForm(props: GuestFormProps): JSX.Element {
  const { t } = useI18n();
  const { joinAsGuest } = useSignIn();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const [name, setName] = createSignal("");
  const [fault, setFault] = createSignal<string>();
  const [problem, setProblem] = createSignal<unknown>();
  const [busy, setBusy] = createSignal(false);

  const check = (): string | undefined => {
    const length = Array.from(name().trim()).length;
    if (length === 0) return t("join.nameMissing");
    return length > limits.maxNameLength
      ? t("join.nameTooLong", { count: limits.maxNameLength })
      : undefined;
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy()) return;
    setProblem(undefined);
    setFault(check());
    if (fault() !== undefined) return;
    setBusy(true);
    try {
      const liveClass = await joinAsGuest(props.code, name().trim());
      navigate(`/class/${liveClass.id}`);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class={styles.self} noValidate onSubmit={(event) => void submit(event)}>
      <Show when={problem() !== undefined}>
        <Banner tone="danger" announce="alert">
          {problemText(problem())}
        </Banner>
      </Show>
      <TextField
        label={t("join.name")}
        hint={t("join.nameHint")}
        error={fault()}
        name="name"
        autocomplete="name"
        enterkeyhint="go"
        value={name()}
        onInput={setName}
      />
      <Show when={props.signedIn}>
        {(user) => (
          <Banner tone="warning" announce="none">
            {t("join.guestWarning", { name: user().name })}
          </Banner>
        )}
      </Show>
      <Button type="submit" variant="primary" size="lg" wide busy={busy()}>
        {t("join.join")}
      </Button>
      <Show when={props.onBack}>
        {(back) => (
          <Button variant="quiet" wide onClick={() => back()()}>
            {t("join.joinAsSelf", { name: props.signedIn?.name ?? "" })}
          </Button>
        )}
      </Show>
      <Show when={props.signedIn === null}>
        <ButtonLink href={signInPath(`/join/${props.code}`)} variant="quiet" wide>
          {t("join.haveAccount")}
        </ButtonLink>
      </Show>
    </form>
  );
}
