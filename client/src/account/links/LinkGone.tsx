import { Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { MessagePage } from "../../shell/MessagePage.tsx";
import { ButtonLink } from "../../ui/Button.tsx";

export interface LinkGoneProps {
  /** The page was opened without what stands behind the link's #. */
  readonly isMissing: boolean;
  /** Where another link can be had. */
  readonly again?: { readonly href: string; readonly label: string } | undefined;
  /** Better words than the usual ones for a link that is worth nothing. */
  readonly words?: { readonly title: string; readonly text: string } | undefined;
}

/** When a link from a mail opens nothing any more. */
export function LinkGone(props: LinkGoneProps): JSX.Element {
  const { t } = useI18n();
  return (
    <MessagePage
      title={props.words?.title ?? t("account.linkGoneTitle")}
      text={
        props.isMissing ? t("account.linkMissing") : (props.words?.text ?? t("account.linkGone"))
      }
      actions={
        <>
          <Show when={props.again}>
            {(again) => (
              <ButtonLink href={again().href} variant="primary">
                {again().label}
              </ButtonLink>
            )}
          </Show>
          <ButtonLink href="/sign-in">{t("account.backToSignIn")}</ButtonLink>
        </>
      }
    />
  );
}
