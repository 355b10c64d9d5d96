import { createResource, Match, Show, Switch, type JSX } from "solid-js";
import { takeFragment } from "../account/takeFragment.ts";
import { problemCode } from "../api/ApiProblem.ts";
import { api, type LinkInvitation } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { MessagePage } from "../shell/MessagePage.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { InvitationCard, InvitationSkeleton } from "./InvitationCard.tsx";
import { JoinFrame } from "./JoinFrame.tsx";

/** A link that a teacher made for one guest: what it opens, and in. The link leaves the address at once. */
export function JoinLinkPage(): JSX.Element {
  const { t } = useI18n();
  const token = takeFragment();
  const [invitation, { refetch }] = createResource(() => token !== "" && token, describeLink);
  const found = (): LinkInvitation | undefined =>
    invitation.state === "ready" ? invitation() : undefined;
  return (
    <Switch
      fallback={
        <JoinFrame title={found()?.title ?? t("join.linkTitle")} colour={found()?.colour}>
          <Show when={found()} fallback={<InvitationSkeleton label={t("common.loading")} />}>
            {(opened) => (
              <InvitationCard
                door={{ by: "link", token, name: opened().name }}
                invitation={opened()}
              />
            )}
          </Show>
        </JoinFrame>
      }
    >
      <Match when={token === ""}>
        <LinkMessage title={t("join.linkMissingTitle")} text={t("join.linkMissingText")} />
      </Match>
      <Match when={invitation.state === "errored"}>
        <DeadLink error={invitation.error as unknown} onRetry={() => void refetch()} />
      </Match>
    </Switch>
  );
}

function DeadLink(props: { readonly error: unknown; readonly onRetry: () => void }): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const code = () => problemCode(props.error);
  return (
    <Switch
      fallback={
        <MessagePage
          title={t("common.failedTitle")}
          text={problemText(props.error)}
          actions={
            <Button variant="primary" onClick={() => props.onRetry()}>
              {t("common.retry")}
            </Button>
          }
        />
      }
    >
      <Match when={code() === "link_invalid" || code() === "bad_request"}>
        <LinkMessage title={t("join.linkDeadTitle")} text={t("join.linkDeadText")} />
      </Match>
      <Match when={code() === "class_ended"}>
        <LinkMessage title={t("join.linkEndedTitle")} text={t("join.linkEndedText")} />
      </Match>
    </Switch>
  );
}

function LinkMessage(props: { readonly title: string; readonly text: string }): JSX.Element {
  const { t } = useI18n();
  return (
    <MessagePage
      title={props.title}
      text={props.text}
      actions={
        <>
          <ButtonLink href="/join" variant="primary">
            {t("join.byCode")}
          </ButtonLink>
          <ButtonLink href="/">{t("common.toHome")}</ButtonLink>
        </>
      }
    />
  );
}

function describeLink(token: string): Promise<LinkInvitation> {
  return dataOf(api.POST("/api/join-link/describe", { body: { token } }));
}
