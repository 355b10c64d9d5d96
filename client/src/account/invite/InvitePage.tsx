import { useNavigate } from "@solidjs/router";
import { createSignal, Match, onMount, Show, Switch, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { dataOf } from "../../api/createApi.ts";
import type { components } from "../../api/schema.d.ts";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { isLanguage, loadLanguage } from "../../i18n/language.ts";
import { FailedPage } from "../../shell/FailedPage.tsx";
import { MessagePage } from "../../shell/MessagePage.tsx";
import { roleKeys } from "../../shell/roleKeys.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import { createSchoolSign } from "../door/createSchoolSign.ts";
import { DoorPage } from "../door/DoorPage.tsx";
import styles from "../door/Form.module.css";
import { storeSchool } from "../door/rememberedSchool.ts";
import { ConfirmMail } from "../links/ConfirmMail.tsx";
import { LinkGone } from "../links/LinkGone.tsx";
import { takeFragment } from "../takeFragment.ts";
import { InviteForm } from "./InviteForm.tsx";

type OpenDoor = components["schemas"]["OpenDoor"];

type State =
  | { readonly name: "asking" }
  | { readonly name: "open"; readonly door: OpenDoor }
  | { readonly name: "verify"; readonly email: string }
  | { readonly name: "gone" }
  | { readonly name: "failed"; readonly problem: unknown };

/** Coming in by an invitation: what it opens, and an account of one's own. */
export function InvitePage(): JSX.Element {
  const { t, setLanguage, language } = useI18n();
  const token = takeFragment();
  const [state, setState] = createSignal<State>({ name: "asking" });
  const open = (): OpenDoor | undefined => {
    const now = state();
    return now.name === "open" ? now.door : undefined;
  };

  const describe = async (): Promise<void> => {
    if (token === "") {
      setState({ name: "gone" });
      return;
    }
    setState({ name: "asking" });
    try {
      const door = await dataOf(api.POST("/api/invitations/describe", { body: { token } }));
      // The school knows better than a device that nobody has used here yet.
      if (!isLanguage(loadLanguage()) && door.language !== language())
        await setLanguage(door.language);
      setState({ name: "open", door });
    } catch (problem) {
      setState(isGone(problem) ? { name: "gone" } : { name: "failed", problem });
    }
  };
  onMount(() => void describe());

  return (
    <Switch
      fallback={
        <MessagePage
          title={t("account.inviteLoading")}
          actions={<Spinner label={t("common.loading")} />}
        />
      }
    >
      <Match when={open()}>
        {(door) => (
          <Invited
            door={door()}
            token={token}
            onVerify={(email) => setState({ name: "verify", email })}
            onGone={() => setState({ name: "gone" })}
          />
        )}
      </Match>
      <Match when={as(state(), "verify")}>{(now) => <ConfirmMail email={now().email} />}</Match>
      <Match when={state().name === "gone"}>
        <LinkGone
          isMissing={token === ""}
          words={{ title: t("account.inviteGoneTitle"), text: t("account.inviteGone") }}
        />
      </Match>
      <Match when={as(state(), "failed")}>
        {(now) => <FailedPage error={now().problem} onRetry={() => void describe()} />}
      </Match>
    </Switch>
  );
}

interface InvitedProps {
  readonly door: OpenDoor;
  readonly token: string;
  readonly onVerify: (email: string) => void;
  readonly onGone: () => void;
}

function Invited(props: InvitedProps): JSX.Element {
  const { t } = useI18n();
  const { user, enter } = useSignIn();
  const navigate = useNavigate();
  const sign = createSchoolSign(() => props.door.school.slug);
  return (
    <DoorPage
      title={t("account.inviteTitle", { school: props.door.school.name })}
      school={sign.school()}
      lead={
        <ul class={styles.facts}>
          <li>{t("account.inviteRole", { role: t(roleKeys[props.door.role]) })}</li>
          <Show when={props.door.roomName}>
            {(room) => <li>{t("account.inviteRoom", { room: room() })}</li>}
          </Show>
          <Show when={props.door.email}>
            {(email) => <li>{t("account.inviteFor", { email: email() })}</li>}
          </Show>
        </ul>
      }
    >
      <Show when={user()}>
        {(present) => (
          <div class={styles.notice}>
            <Banner tone="warning" announce="none">
              {t("account.inviteOther", { name: present().name })}
            </Banner>
          </div>
        )}
      </Show>
      <InviteForm
        door={props.door}
        token={props.token}
        onSignedIn={(signedIn) => {
          storeSchool(props.door.school.slug);
          enter(signedIn);
          navigate("/", { replace: true });
        }}
        onVerify={(email) => {
          storeSchool(props.door.school.slug);
          props.onVerify(email);
        }}
        onGone={() => props.onGone()}
      />
    </DoorPage>
  );
}

function isGone(problem: unknown): boolean {
  const code = problemCode(problem);
  return code === "link_invalid" || code === "not_found" || code === "bad_request";
}

function as<Name extends State["name"]>(
  state: State,
  name: Name,
): Extract<State, { name: Name }> | undefined {
  return state.name === name ? (state as Extract<State, { name: Name }>) : undefined;
}
