import { useI18n, type I18n } from "../i18n/I18n.tsx";
import { ApiProblem, problemCode } from "./ApiProblem.ts";

/** Beyond this, seconds are no measure for people. */
const maxSeconds = 90;

/** Gives a function that says in the person's language why something failed, and how long to wait if that is known. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useI18n();
  return (error) => waitText(t, error) ?? t(`errors.${problemCode(error)}`);
}

function waitText(t: I18n["t"], error: unknown): string | undefined {
  if (!(error instanceof ApiProblem) || error.code !== "rate_limited") return undefined;
  const { retryAfterSeconds } = error;
  if (retryAfterSeconds === undefined) return undefined;
  return retryAfterSeconds <= maxSeconds
    ? t("errors.retrySeconds", { count: retryAfterSeconds })
    : t("errors.retryMinutes", { count: Math.ceil(retryAfterSeconds / 60) });
}
