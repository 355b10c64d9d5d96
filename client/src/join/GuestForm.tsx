import { limits } from "@darasa/protocol";
import { useNavigate } from "@solidjs/router";
import Hourglass from "lucide-solid/icons/hourglass";
import { batch, createSignal, Show, type JSX } from "solid-js";
import { problemCode } from "../api/ApiProblem.ts";
import type { Invitation, User } from "../api/api.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { signInPath } from "../shell/nextPath.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { TextField } from "../ui/TextField.tsx";
import { checkGuest, cleanPin, type GuestFaults } from "./checkGuest.ts";
import { knock, type ClassDoor } from "./classDoor.ts";
import styles from "./InvitationCard.module.css";

export interface GuestFormProps {
  readonly door: ClassDoor;
  readonly invitation: Pick<Invitation, "asksPin" | "guests">;
  /** The account that this browser is signed in to: it would be signed out. */
  readonly signedIn: User | null;
  /** Given when that account could join as itself. */
  readonly onBack: (() => void) | undefined;
}

/** A name, where it is asked for the PIN, and in. */
export function GuestForm(props: GuestFormProps): JSX.Element {
  const { t } = useI18n();
  const form = createGuestForm(props);
  return (
    <form class={styles.self} noValidate onSubmit={(event) => void form.submit(event)}>
      <Show when={form.problem()}>
        {(text) => (
          <Banner tone="danger" announce="alert">
            {text()}
          </Banner>
        )}
      </Show>
      <Show when={givenName(props.door)} fallback={<NameField form={form} />}>
        {(name) => <GivenName name={name()} />}
      </Show>
      <Show when={form.asksPin()}>
        <PinField form={form} />
      </Show>
      <Show when={props.invitation.guests === "waiting_room"}>
        <p class={styles.note}>
          <Hourglass aria-hidden="true" />
          {t("join.waitingNote")}
        </p>
      </Show>
      <Show when={props.signedIn}>
        {(user) => (
          <Banner tone="warning" announce="none">
            {t("join.guestWarning", { name: user().name })}
          </Banner>
        )}
      </Show>
      <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>
        {t("join.join")}
      </Button>
      <OtherWays {...props} />
    </form>
  );
}

function OtherWays(props: GuestFormProps): JSX.Element {
  const { t } = useI18n();
  /** A link is not kept through a sign-in; who has an account finds the class at home. */
  const signInNext = (): string =>
    signInPath(props.door.by === "code" ? `/join/${props.door.code}` : "/");
  return (
    <>
      <Show when={props.onBack}>
        {(back) => (
          <Button variant="quiet" wide onClick={() => back()()}>
            {t("join.joinAsSelf", { name: props.signedIn?.name ?? "" })}
          </Button>
        )}
      </Show>
      <Show when={props.signedIn === null}>
        <ButtonLink href={signInNext()} variant="quiet" wide>
          {t("join.haveAccount")}
        </ButtonLink>
      </Show>
    </>
  );
}

function NameField(props: { readonly form: GuestFormState }): JSX.Element {
  const { t } = useI18n();
  const error = (): string | undefined => {
    const fault = props.form.faults().name;
    if (fault === undefined) return undefined;
    return fault === "missing"
      ? t("join.nameMissing")
      : t("join.nameTooLong", { count: limits.maxNameLength });
  };
  return (
    <TextField
      label={t("join.name")}
      hint={t("join.nameHint")}
      error={error()}
      name="name"
      autocomplete="name"
      enterkeyhint={props.form.asksPin() ? "next" : "go"}
      value={props.form.name()}
      onInput={props.form.setName}
    />
  );
}

function PinField(props: { readonly form: GuestFormState }): JSX.Element {
  const { t } = useI18n();
  const error = (): string | undefined => {
    if (props.form.faults().pin !== undefined) return t("join.pinMissing");
    return props.form.isPinWrong() ? t("errors.wrong_pin") : undefined;
  };
  return (
    <TextField
      ref={props.form.setPinInput}
      label={t("join.pin")}
      hint={t("join.pinHint")}
      error={error()}
      class={styles.pin}
      name="pin"
      inputmode="numeric"
      autocomplete="off"
      enterkeyhint="go"
      value={props.form.pin()}
      onInput={(typed) => props.form.setPin(cleanPin(typed))}
    />
  );
}

function GivenName(props: { readonly name: string }): JSX.Element {
  const { t } = useI18n();
  return (
    <div class={styles.given}>
      <p class={styles.givenLabel}>{t("join.linkFor")}</p>
      <p class={styles.givenName} dir="auto">
        {props.name}
      </p>
      <p class={styles.givenLabel}>{t("join.linkAs")}</p>
    </div>
  );
}

/** The name that the teacher wrote into the link. */
function givenName(door: ClassDoor): string | null {
  return door.by === "link" ? door.name : null;
}

type GuestFormState = ReturnType<typeof createGuestForm>;

function createGuestForm(props: GuestFormProps) {
  const { enter } = useSignIn();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const [name, setName] = createSignal("");
  const [pin, setPin] = createSignal("");
  const [faults, setFaults] = createSignal<GuestFaults>({});
  const [problem, setProblem] = createSignal<string>();
  const [isPinWrong, setIsPinWrong] = createSignal(false);
  const [wasPinAsked, setWasPinAsked] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  let pinInput: HTMLInputElement | undefined;

  /** Teachers may begin to ask for it after the page was opened. */
  const asksPin = (): boolean => props.invitation.asksPin || wasPinAsked();
  const wantedName = (): string => (givenName(props.door) ?? name()).trim();
  const wantedPin = (): string | undefined => (asksPin() ? pin() : undefined);

  const refused = (error: unknown): void => {
    const code = problemCode(error);
    if (code === "wrong_pin") setIsPinWrong(true);
    else if (code === "pin_required") setWasPinAsked(true);
    else setProblem(problemText(error));
    if (code === "wrong_pin" || code === "pin_required") pinInput?.select();
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy()) return;
    batch(() => {
      setProblem(undefined);
      setIsPinWrong(false);
      setFaults(checkGuest(wantedName(), wantedPin()));
    });
    if (Object.keys(faults()).length > 0) return;
    setBusy(true);
    try {
      const joined = await knock(props.door, { name: wantedName(), pin: wantedPin() });
      enter(joined);
      navigate(`/class/${joined.liveClass.id}`);
    } catch (error) {
      refused(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    ...{ name, setName, pin, setPin, faults, problem, isPinWrong, asksPin, busy, submit },
    setPinInput: (element: HTMLInputElement) => (pinInput = element),
  };
}
