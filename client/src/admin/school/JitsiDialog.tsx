import { createSignal, untrack, type JSX } from "solid-js";
import { createForm } from "../../account/createForm.ts";
import { problemCode } from "../../api/ApiProblem.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { isTooShort } from "./isTooShort.ts";
import { createSigning, SigningFields } from "./JitsiSigning.tsx";
import { MediaServerDialog } from "./MediaServerDialog.tsx";
import { setJitsi, type OwnServers } from "./mediaServers.ts";

export interface JitsiDialogProps {
  readonly before: OwnServers["jitsi"];
  /** With what was saved. */
  readonly onClose: (saved?: OwnServers) => void;
}

/** The school's own Jitsi. Its secrets are written and never read: left empty, those that are set stay. */
export function JitsiDialog(props: JitsiDialogProps): JSX.Element {
  const { t } = useI18n();
  const before = untrack(() => props.before);
  const [domain, setDomain] = createSignal(before?.domain ?? "");
  const [appId, setAppId] = createSignal(before?.appId ?? "");
  const signing = createSigning(before?.signing);
  const [webhookSecret, setWebhookSecret] = createSignal("");
  const form = createForm<"domain" | "appId" | "secret" | "privateKey" | "webhookSecret">({
    check: () => ({
      ...(/^[^/\s:]+(:\d+)?$/.test(domain().trim())
        ? {}
        : { domain: "school.mediaDomainFault" as const }),
      ...(appId().trim() === "" ? { appId: "school.mediaKeyFault" as const } : {}),
      ...signing.faults(),
      ...(isTooShort(webhookSecret(), true)
        ? { webhookSecret: "school.mediaSecretFault" as const }
        : {}),
    }),
    send: async () => {
      const webhook = webhookSecret() === "" ? {} : { webhookSecret: webhookSecret() };
      const place = { domain: domain().trim().toLowerCase(), appId: appId().trim() };
      props.onClose(await setJitsi({ ...place, ...signing.typed(), ...webhook }));
    },
    faultsOf: (problem) =>
      problemCode(problem) === "forbidden" ? { domain: "school.mediaDomainForbidden" } : {},
  });
  return (
    <MediaServerDialog title={t("video.own.jitsi")} form={form} onClose={() => props.onClose()}>
      <TextField
        label={t("school.mediaDomain")}
        hint={t("school.mediaDomainHint")}
        error={form.fault("domain")}
        inputmode="url"
        autocomplete="off"
        spellcheck={false}
        value={domain()}
        onInput={setDomain}
      />
      <TextField
        label={t("school.mediaAppId")}
        error={form.fault("appId")}
        maxLength={200}
        autocomplete="off"
        spellcheck={false}
        value={appId()}
        onInput={setAppId}
      />
      <SigningFields signing={signing} fault={form.fault} />
      <TextField
        type="password"
        label={t("school.mediaWebhook")}
        hint={t(
          before?.hasWebhookSecret === true ? "school.mediaSecretKept" : "school.mediaWebhookHint",
        )}
        error={form.fault("webhookSecret")}
        maxLength={512}
        autocomplete="new-password"
        value={webhookSecret()}
        onInput={setWebhookSecret}
      />
    </MediaServerDialog>
  );
}
