import { createResource, Show, type JSX } from "solid-js";
import { api, type Invitation, type LiveClass } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { CopyLine } from "./CopyLine.tsx";
import { GuestLinkForm } from "./GuestLinkForm.tsx";
import { NewCode } from "./NewCode.tsx";
import { PinSwitch } from "./PinSwitch.tsx";
import { QrCode } from "./QrCode.tsx";
import styles from "./ShareDialog.module.css";

export interface ShareDialogProps {
  readonly liveClass: LiveClass;
  readonly onChanged: (liveClass: LiveClass) => void;
  readonly onClose: () => void;
}

/** All that a teacher needs to invite people: code, link, QR code, PIN, links for guests, and a new code. */
export function ShareDialog(props: ShareDialogProps): JSX.Element {
  const { t, need } = useI18n();
  const [words] = createResource(async () => {
    await need("share");
    return true;
  });
  return (
    <Show when={words()}>
      <Dialog
        title={t("share.title", { title: props.liveClass.title })}
        onClose={() => props.onClose()}
      >
        <Show when={props.liveClass.code}>{(code) => <Ways {...props} code={code()} />}</Show>
      </Dialog>
    </Show>
  );
}

function Ways(props: ShareDialogProps & { readonly code: string }): JSX.Element {
  const { t } = useI18n();
  const link = (): string => `${location.origin}/join/${props.code}`;
  const [policy] = createResource(() => props.code, loadPolicy);
  // Reading it before it is there would hide the dialog until then.
  const guests = (): Invitation["guests"] | null | undefined =>
    policy.state === "ready" || policy.state === "refreshing" ? policy.latest : undefined;
  return (
    <div class={styles.ways}>
      <section class={styles.codeBox}>
        <div class={styles.codeWords}>
          <p class={styles.label}>{t("share.code")}</p>
          <p class={styles.code} data-class-code={props.code}>
            {props.code.slice(0, 3)}
            <span class={styles.pause} />
            {props.code.slice(3)}
          </p>
          <p class={styles.hint}>{t("share.codeHint", { address: `${location.host}/join` })}</p>
        </div>
        <QrCode text={link()} label={t("share.qr")} />
      </section>
      <CopyLine label={t("share.link")} text={link()} />
      <section class={styles.part}>
        <h3 class={styles.partTitle}>{t("share.guests")}</h3>
        <Show when={guests() !== undefined} fallback={<Skeleton height="3em" />}>
          <Show when={guests()}>{(found) => <p>{t(policyKeys[found()])}</p>}</Show>
        </Show>
        <Show when={guests() !== "forbidden"}>
          <PinSwitch liveClass={props.liveClass} onChanged={props.onChanged} />
        </Show>
      </section>
      <Show when={guests() !== "forbidden"}>
        <details class={styles.part}>
          <summary class={styles.summary}>{t("share.personal")}</summary>
          <p class={styles.hint}>{t("share.personalHint")}</p>
          <GuestLinkForm
            liveClassId={props.liveClass.id}
            hasWaitingRoom={guests() === "waiting_room"}
          />
        </details>
      </Show>
      <section class={styles.part}>
        <NewCode liveClass={props.liveClass} onChanged={props.onChanged} />
      </section>
    </div>
  );
}

const policyKeys = {
  allowed: "share.guestsAllowed",
  waiting_room: "share.guestsWaiting",
  forbidden: "share.guestsForbidden",
} as const;

/** What becomes of guests, as those who have the code are told. */
async function loadPolicy(code: string): Promise<Invitation["guests"] | null> {
  try {
    const params = { path: { code } };
    return (await dataOf(api.GET("/api/join/{code}", { params }))).guests;
  } catch {
    // The rest of the dialog is of use without it.
    return null;
  }
}
