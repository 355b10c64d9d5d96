import { Navigate, useNavigate, useSearchParams } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import { useSignIn, type Credentials } from "../api/SignIn.tsx";
import { createConfig } from "../config.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { nextPath } from "../shell/nextPath.ts";
import { Banner } from "../ui/Banner.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { createSchoolSlug } from "./door/createSchoolSlug.ts";
import { createSchoolSign } from "./door/createSchoolSign.ts";
import { DoorPage } from "./door/DoorPage.tsx";
import styles from "./door/Form.module.css";
import { storeSchool } from "./door/rememberedSchool.ts";
import { SecondStepForm } from "./SecondStepForm.tsx";
import { SignInForm } from "./SignInForm.tsx";

/** Signing in with a school account, with a second step where one is asked for; then on to where one was going. */
export function SignInPage(): JSX.Element {
  const { t } = useI18n();
  const { user, isEnded } = useSignIn();
  const navigate = useNavigate();
  const [search] = useSearchParams<{ next?: string; school?: string }>();
  const [leaving, setLeaving] = createSignal(false);
  const [slug, setSlug] = createSchoolSlug(search.school);
  const [typed, setTyped] = createSignal<Credentials>();
  const [isSecondStep, setIsSecondStep] = createSignal(false);
  const sign = createSchoolSign(slug);
  // A guest may want to become somebody with an account; an account has nothing to do here.
  const isDone = (): boolean => !leaving() && user() !== null && user()?.role !== "guest";

  const done = ({ school }: Credentials): void => {
    storeSchool(school);
    setLeaving(true);
    navigate(nextPath(search.next), { replace: true });
  };
  const heading = (): string => {
    if (isSecondStep()) return t("account.codeTitle");
    const school = sign.school();
    return school === undefined
      ? t("account.signInTitle")
      : t("account.signInTo", { school: school.name });
  };

  return (
    <DoorPage
      title={t("account.signIn")}
      heading={heading()}
      lead={isSecondStep() ? undefined : t("account.signInLead")}
      school={sign.school()}
    >
      <Show when={isDone()}>
        <Navigate href={nextPath(search.next)} />
      </Show>
      <Show
        when={isSecondStep() && typed()}
        fallback={
          <>
            <Show when={isEnded()}>
              <div class={styles.notice}>
                <Banner tone="warning">{t("account.signedOut")}</Banner>
              </div>
            </Show>
            <FirstStep
              initial={typed()}
              slug={slug()}
              onSlug={setSlug}
              isSchoolUnknown={sign.isUnknown()}
              onSignedIn={done}
              onSecondFactor={(credentials) => {
                setTyped(credentials);
                setIsSecondStep(true);
              }}
            />
          </>
        }
      >
        {(credentials) => (
          <SecondStepForm
            credentials={credentials()}
            onSignedIn={done}
            onBack={() => setIsSecondStep(false)}
          />
        )}
      </Show>
    </DoorPage>
  );
}

interface FirstStepProps {
  readonly initial: Credentials | undefined;
  readonly slug: string;
  readonly onSlug: (slug: string) => void;
  readonly isSchoolUnknown: boolean;
  readonly onSignedIn: (credentials: Credentials) => void;
  readonly onSecondFactor: (credentials: Credentials) => void;
}

/** The form, and the other ways from here. */
function FirstStep(props: FirstStepProps): JSX.Element {
  const { t } = useI18n();
  const config = createConfig();
  return (
    <>
      <SignInForm
        initial={props.initial ?? { school: "", email: "", password: "" }}
        school={props.slug}
        onSchool={props.onSlug}
        isSchoolUnknown={props.isSchoolUnknown}
        onSignedIn={props.onSignedIn}
        onSecondFactor={props.onSecondFactor}
      />
      <div class={styles.after}>
        <ButtonLink href={forgotPath(props.slug)} variant="quiet">
          {t("account.forgotLink")}
        </ButtonLink>
        <ButtonLink href="/join" variant="quiet">
          {t("account.withCode")}
        </ButtonLink>
        <Show when={config()?.schoolSignUp}>
          <ButtonLink href="/new-school" variant="quiet">
            {t("account.newSchoolLink")}
          </ButtonLink>
        </Show>
      </div>
    </>
  );
}

function forgotPath(slug: string): string {
  return slug === "" ? "/forgot" : `/forgot?school=${encodeURIComponent(slug)}`;
}
