import { Show, type JSX } from "solid-js";
import { createConfig } from "../../config.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { ButtonLink } from "../../ui/Button.tsx";

export interface NoMailNoteProps {
  /** Invitations are there already: also the way to them. */
  readonly isDone?: boolean;
}

/** Where invitations wait when the server sends no mail; nothing when it does. */
export function NoMailNote(props: NoMailNoteProps): JSX.Element {
  const { t } = useI18n();
  const config = createConfig();
  return (
    <Show when={config()?.mail === false}>
      <Banner
        tone="info"
        announce="none"
        actions={
          props.isDone === true ? (
            <ButtonLink size="sm" href="/admin/mail">
              {t("admin.tabMail")}
            </ButtonLink>
          ) : undefined
        }
      >
        {t("invite.noMail")}
      </Banner>
    </Show>
  );
}
