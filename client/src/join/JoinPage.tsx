import { useNavigate, useParams } from "@solidjs/router";
import { createResource, createSignal, Match, Switch, type JSX } from "solid-js";
import { problemCode } from "../api/ApiProblem.ts";
import { api, type Invitation } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { cleanClassCode, isClassCode } from "./classCode.ts";
import { CodeForm } from "./CodeForm.tsx";
import { InvitationCard, InvitationSkeleton } from "./InvitationCard.tsx";
import { JoinFrame } from "./JoinFrame.tsx";

/** From a code to the class: first the code, then what it opens and who comes in. */
export function JoinPage(): JSX.Element {
  const { t } = useI18n();
  const params = useParams<{ code?: string }>();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const [attempt, setAttempt] = createSignal(0);
  const code = (): string => cleanClassCode(params.code ?? "");
  const wanted = (): { code: string; attempt: number } | false =>
    isClassCode(code()) && { code: code(), attempt: attempt() };
  const [invitation] = createResource(wanted, (asked) => loadInvitation(asked.code));

  const found = (): Invitation | undefined =>
    invitation.state === "ready" ? invitation() : undefined;
  const problem = (): string | undefined => {
    if (invitation.state !== "errored") return undefined;
    return problemCode(invitation.error) === "not_found"
      ? t("join.codeUnknown", { code: code() })
      : problemText(invitation.error);
  };
  const look = (typed: string): void => {
    setAttempt((before) => before + 1);
    navigate(`/join/${typed}`);
  };

  return (
    <JoinFrame title={found()?.title ?? t("join.title")} colour={found()?.colour}>
      <Switch fallback={<CodeForm initial={code()} problem={problem()} onCode={look} />}>
        <Match when={found()}>
          {(opened) => <InvitationCard door={{ by: "code", code: code() }} invitation={opened()} />}
        </Match>
        <Match when={invitation.loading}>
          <InvitationSkeleton label={t("common.loading")} />
        </Match>
      </Switch>
    </JoinFrame>
  );
}

function loadInvitation(code: string): Promise<Invitation> {
  return dataOf(api.GET("/api/join/{code}", { params: { path: { code } } }));
}
