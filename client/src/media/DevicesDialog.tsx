import type { JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import type { Media } from "./createMedia.ts";
import { DevicePickers } from "./DevicePickers.tsx";

export interface DevicesDialogProps {
  readonly media: Media;
  readonly onClose: () => void;
}

/** Other devices in the middle of a class; what is chosen is used at once. */
export function DevicesDialog(props: DevicesDialogProps): JSX.Element {
  const { t } = useI18n();
  return (
    <Dialog title={t("media.devices")} size="sm" onClose={() => props.onClose()}>
      <DevicePickers
        devices={props.media.state.devices}
        chosen={props.media.state.chosenDevices}
        onChoose={(kind, deviceId) => props.media.setDevice(kind, deviceId)}
      />
    </Dialog>
  );
}
