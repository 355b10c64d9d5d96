import type { JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { MessagePage } from "../../shell/MessagePage.tsx";
import { ButtonLink } from "../../ui/Button.tsx";

/** After an account was made whose address has to be confirmed first. */
export function ConfirmMail(props: { readonly email: string }): JSX.Element {
  const { t } = useI18n();
  return (
    <MessagePage
      title={t("account.inviteVerifyTitle")}
      text={t("account.inviteVerify", { email: props.email })}
      actions={<ButtonLink href="/sign-in">{t("account.backToSignIn")}</ButtonLink>}
    />
  );
}
