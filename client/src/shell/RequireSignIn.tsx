import { Navigate, useLocation } from "@solidjs/router";
import { Match, Switch, type Accessor, type JSX } from "solid-js";
import type { User } from "../api/api.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import { MessagePage } from "./MessagePage.tsx";
import { signInPath } from "./nextPath.ts";

export interface RequireSignInProps {
  readonly children: (user: Accessor<User>) => JSX.Element;
}

/** What only those see who are signed in (guests are); others come back here after signing in. */
export function RequireSignIn(props: RequireSignInProps): JSX.Element {
  const { t } = useI18n();
  const { user, ready, unreachable } = useSignIn();
  const location = useLocation();
  return (
    <Switch>
      <Match when={user()}>{(signedIn) => props.children(signedIn)}</Match>
      <Match when={ready()}>
        <Navigate href={signInPath(`${location.pathname}${location.search}`)} />
      </Match>
      <Match when={unreachable()}>
        <MessagePage
          title={t("common.connectingTitle")}
          text={t("common.connecting")}
          actions={<Spinner label={t("common.loading")} />}
        />
      </Match>
    </Switch>
  );
}
