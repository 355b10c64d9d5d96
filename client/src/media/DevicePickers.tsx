import Volume2 from "lucide-solid/icons/volume-2";
import { Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Select } from "../ui/Select.tsx";
import type { DeviceLists, MediaDevice } from "./devices.ts";
import type { DeviceKind } from "./provider.ts";
import { playTestSound } from "./playTestSound.ts";
import styles from "./DevicePickers.module.css";

export interface DevicePickersProps {
  readonly devices: DeviceLists;
  readonly chosen: Readonly<Record<DeviceKind, string | null>>;
  /** Null for the system's own choice. */
  readonly onChoose: (kind: DeviceKind, deviceId: string | null) => void;
}

/** Which microphone, camera and, where the browser lets one choose, speaker. */
export function DevicePickers(props: DevicePickersProps): JSX.Element {
  const { t } = useI18n();
  return (
    <div class={styles.pickers}>
      <DevicePicker {...props} kind="microphone" label={t("media.microphone")} />
      <DevicePicker {...props} kind="camera" label={t("media.camera")} />
      <Show when={"setSinkId" in HTMLMediaElement.prototype}>
        <div class={styles.speaker}>
          <DevicePicker {...props} kind="speaker" label={t("media.speaker")} />
          <IconButton
            label={t("media.testSound")}
            icon={<Volume2 />}
            onClick={() => void playTestSound(props.chosen.speaker)}
          />
        </div>
      </Show>
    </div>
  );
}

interface DevicePickerProps extends DevicePickersProps {
  readonly kind: DeviceKind;
  readonly label: string;
}

function DevicePicker(props: DevicePickerProps): JSX.Element {
  const { t } = useI18n();
  const devices = (): readonly MediaDevice[] => props.devices[props.kind];
  const chosen = (): string => {
    const found = devices().find((device) => device.deviceId === props.chosen[props.kind]);
    return found?.deviceId ?? "";
  };
  return (
    <Select
      label={props.label}
      value={chosen()}
      options={[
        { value: "", label: t("media.systemDevice") },
        ...devices().map(({ deviceId, label }) => ({ value: deviceId, label })),
      ]}
      onChange={(deviceId) => props.onChoose(props.kind, deviceId === "" ? null : deviceId)}
    />
  );
}
