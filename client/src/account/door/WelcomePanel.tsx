import ClipboardCheck from "lucide-solid/icons/clipboard-check";
import PenTool from "lucide-solid/icons/pen-tool";
import Smartphone from "lucide-solid/icons/smartphone";
import type { JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { BrandMark } from "../../shell/Brand.tsx";
import { Kitenge } from "../../ui/Kitenge.tsx";
import { readableColour } from "../readableColour.ts";
import styles from "./WelcomePanel.module.css";

/** What Darasa is, beside the form, in the school's colour where one is known; on a phone only its cloth remains. */
export function WelcomePanel(props: { readonly colour?: string | undefined }): JSX.Element {
  const { t } = useI18n();
  return (
    <aside class={styles.panel} style={{ "--ground": readableColour(props.colour ?? "") }}>
      <BrandMark class={styles.mark} />
      <Kitenge class={styles.cloth} />
      <div class={styles.words}>
        <p class={styles.promise}>{t("account.promise")}</p>
        <ul class={styles.points}>
          <li>
            <PenTool aria-hidden="true" />
            {t("account.promiseBoard")}
          </li>
          <li>
            <Smartphone aria-hidden="true" />
            {t("account.promiseThin")}
          </li>
          <li>
            <ClipboardCheck aria-hidden="true" />
            {t("account.promiseRegister")}
          </li>
        </ul>
      </div>
    </aside>
  );
}
