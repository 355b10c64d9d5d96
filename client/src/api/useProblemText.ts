import { useI18n } from "../i18n/I18n.tsx";
import { problemCode } from "./ApiProblem.ts";

/** Gives a function that says in the person's language why something failed. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useI18n();
  return (error) => t(`errors.${problemCode(error)}`);
}
