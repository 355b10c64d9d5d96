import ClipboardList from "lucide-solid/icons/clipboard-list";
import { Show, type JSX } from "solid-js";
import type { LiveClass } from "../../api/api.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { MessagePage } from "../../shell/MessagePage.tsx";
import { ButtonLink } from "../../ui/Button.tsx";

export interface EndedScreenProps {
  /** Null when the API would not tell any more. */
  readonly liveClass: LiveClass | null;
}

/** After the end. Nobody comes back in; a teacher goes on to the register. */
export function EndedScreen(props: EndedScreenProps): JSX.Element {
  const { t } = useI18n();
  const isTeacher = () => props.liveClass?.role === "teacher";
  const text = () => {
    if (props.liveClass?.endReason === "no_teacher") return t("classroom.ended.noTeacher");
    return t(isTeacher() ? "classroom.ended.teacher" : "classroom.ended.text");
  };
  return (
    <MessagePage
      title={
        props.liveClass === null
          ? t("classroom.ended.title")
          : t("classroom.ended.titleNamed", { title: props.liveClass.title })
      }
      text={text()}
      actions={
        <>
          <Show when={isTeacher() && props.liveClass}>
            {(liveClass) => (
              <ButtonLink
                href={`/class/${liveClass().id}/register`}
                variant="primary"
                icon={<ClipboardList />}
              >
                {t("classroom.ended.register")}
              </ButtonLink>
            )}
          </Show>
          <ButtonLink href="/">{t("common.toHome")}</ButtonLink>
        </>
      }
    />
  );
}

/** After a teacher has removed this person. */
export function RemovedScreen(): JSX.Element {
  const { t } = useI18n();
  return (
    <MessagePage
      title={t("classroom.removed.title")}
      text={t("classroom.removed.text")}
      actions={<ButtonLink href="/">{t("common.toHome")}</ButtonLink>}
    />
  );
}

/** After a teacher has refused to let this guest in. */
export function TurnedAwayScreen(): JSX.Element {
  const { t } = useI18n();
  return (
    <MessagePage
      title={t("classroom.turnedAway.title")}
      text={t("classroom.turnedAway.text")}
      actions={<ButtonLink href="/">{t("common.toHome")}</ButtonLink>}
    />
  );
}

/** For a class that is not there, or not for this person: the two look alike. */
export function NoClassScreen(): JSX.Element {
  const { t } = useI18n();
  return (
    <MessagePage
      title={t("classroom.notFound.title")}
      text={t("classroom.notFound.text")}
      actions={
        <>
          <ButtonLink href="/join" variant="primary">
            {t("classroom.notFound.join")}
          </ButtonLink>
          <ButtonLink href="/">{t("common.toHome")}</ButtonLink>
        </>
      }
    />
  );
}
