import { createSignal, untrack, type JSX } from "solid-js";
import { createForm } from "../../account/createForm.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { MediaServerDialog } from "./MediaServerDialog.tsx";
import { setLiveKit, type OwnServers } from "./mediaServers.ts";
import { isTooShort } from "./isTooShort.ts";

export interface LiveKitDialogProps {
  readonly before: OwnServers["livekit"];
  /** With what was saved. */
  readonly onClose: (saved?: OwnServers) => void;
}

/** The school's own LiveKit. Its secret is written and never read: left empty, the one that is set stays. */
export function LiveKitDialog(props: LiveKitDialogProps): JSX.Element {
  const { t } = useI18n();
  const before = untrack(() => props.before);
  const [url, setUrl] = createSignal(before?.url ?? "");
  const [apiKey, setApiKey] = createSignal(before?.apiKey ?? "");
  const [secret, setSecret] = createSignal("");
  const form = createForm<"url" | "apiKey" | "secret">({
    check: () => ({
      ...(/^(wss?|https?):\/\/[^/\s]+\/?$/.test(url().trim())
        ? {}
        : { url: "school.mediaUrlFault" as const }),
      ...(apiKey().trim() === "" ? { apiKey: "school.mediaKeyFault" as const } : {}),
      ...(isTooShort(secret(), before !== null)
        ? { secret: "school.mediaSecretFault" as const }
        : {}),
    }),
    send: async () => {
      const apiSecret = secret() === "" ? {} : { apiSecret: secret() };
      const body = { url: url().trim().toLowerCase(), apiKey: apiKey().trim(), ...apiSecret };
      props.onClose(await setLiveKit(body));
    },
  });
  return (
    <MediaServerDialog title={t("video.own.livekit")} form={form} onClose={() => props.onClose()}>
      <TextField
        label={t("school.mediaUrl")}
        hint={t("school.mediaUrlHint")}
        error={form.fault("url")}
        inputmode="url"
        autocomplete="off"
        spellcheck={false}
        value={url()}
        onInput={setUrl}
      />
      <TextField
        label={t("school.mediaApiKey")}
        error={form.fault("apiKey")}
        maxLength={200}
        autocomplete="off"
        spellcheck={false}
        value={apiKey()}
        onInput={setApiKey}
      />
      <TextField
        type="password"
        label={t("school.mediaSecret")}
        hint={t(before === null ? "school.mediaSecretHint" : "school.mediaSecretKept")}
        error={form.fault("secret")}
        maxLength={512}
        autocomplete="new-password"
        value={secret()}
        onInput={setSecret}
      />
    </MediaServerDialog>
  );
}
