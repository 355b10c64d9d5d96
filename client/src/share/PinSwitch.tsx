import RefreshCw from "lucide-solid/icons/refresh-cw";
import { createSignal, Show, type JSX } from "solid-js";
import { api, type LiveClass } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import { Switch } from "../ui/Switch.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import { browserRandomBytes, makePin } from "./makePin.ts";
import styles from "./ShareDialog.module.css";

export interface PinSwitchProps {
  readonly liveClass: LiveClass;
  readonly onChanged: (liveClass: LiveClass) => void;
}

/** Whether guests are asked for a PIN, and which. It shows at once and goes back when the server says no. */
export function PinSwitch(props: PinSwitchProps): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [isBusy, setIsBusy] = createSignal(false);

  async function setPin(pin: string | null): Promise<void> {
    if (isBusy()) return;
    const before = props.liveClass;
    setIsBusy(true);
    props.onChanged({ ...before, pin });
    try {
      const params = { path: { id: before.id } };
      const body = { pin };
      props.onChanged(await dataOf(api.PATCH("/api/live-classes/{id}", { params, body })));
    } catch (error) {
      props.onChanged(before);
      toasts.show({ tone: "danger", text: problemText(error) });
    }
    setIsBusy(false);
  }

  return (
    <div class={styles.pinBox}>
      <Switch
        label={t("share.pin")}
        hint={t(props.liveClass.pin === null ? "share.pinOff" : "share.pinOn")}
        checked={props.liveClass.pin !== null}
        onChange={(isOn) => void setPin(isOn ? makePin(browserRandomBytes) : null)}
      />
      <Show when={props.liveClass.pin}>
        {(pin) => (
          <div class={styles.pinLine}>
            <p role="status">
              <span class={styles.label}>{t("share.pinShown")}</span>{" "}
              <strong class={styles.pin}>{pin()}</strong>
            </p>
            <Button
              size="sm"
              variant="quiet"
              icon={<RefreshCw />}
              onClick={() => void setPin(makePin(browserRandomBytes))}
            >
              {t("share.pinOther")}
            </Button>
          </div>
        )}
      </Show>
    </div>
  );
}
