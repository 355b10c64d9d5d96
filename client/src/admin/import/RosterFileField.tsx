import Upload from "lucide-solid/icons/upload";
import { createSignal, createUniqueId, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { classNames } from "../../ui/classNames.ts";
import { NoMailNote } from "../invitations/NoMailNote.tsx";
import { TargetFields, type Target } from "../invitations/TargetFields.tsx";
import { decodeRosterFile } from "./decodeRosterFile.ts";
import { maxRosterLength, type RosterResult } from "./roster.ts";
import styles from "./ImportDialog.module.css";
import forms from "../Form.module.css";

export interface RosterFileFieldProps {
  readonly fileName: string | undefined;
  /** Why nothing of the file can be used. */
  readonly fault: NonNullable<RosterResult["fault"]> | undefined;
  readonly target: Target;
  readonly onFile: (file: { readonly name: string; readonly csv: string }) => void;
  readonly onTarget: (target: Target) => void;
}

/** The file, by choosing or dropping it, and what holds for rows that do not say. */
export function RosterFileField(props: RosterFileFieldProps): JSX.Element {
  const { t } = useI18n();
  const id = createUniqueId();
  const [isOver, setIsOver] = createSignal(false);
  const [isTooLarge, setIsTooLarge] = createSignal(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setIsTooLarge(file.size > maxRosterLength);
    if (isTooLarge()) return;
    props.onFile({ name: file.name, csv: decodeRosterFile(await fileBytes(file)) });
  };
  return (
    <>
      <Show when={isTooLarge() || props.fault !== undefined}>
        <Banner tone="danger" announce="alert">
          {isTooLarge() ? t("import.fault.too_large") : t(`import.fault.${props.fault ?? "empty"}`)}
        </Banner>
      </Show>
      <NoMailNote />
      <input
        id={id}
        class={styles.input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          // The same file, put right meanwhile, is a change as well.
          event.currentTarget.value = "";
        }}
      />
      <label
        for={id}
        class={classNames(styles.drop, isOver() && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          void take(event.dataTransfer?.files[0]);
        }}
      >
        <Upload aria-hidden="true" />
        <span class={styles.dropTitle}>{props.fileName ?? t("import.choose")}</span>
        <span class={forms.hint}>
          {t(props.fileName === undefined ? "import.drop" : "import.another")}
        </span>
      </label>
      <p class={forms.hint}>{t("import.columns")}</p>
      <pre class={styles.example}>{t("import.example")}</pre>
      <TargetFields value={props.target} onChange={(target) => props.onTarget(target)} />
      <p class={forms.hint}>{t("import.defaults")}</p>
    </>
  );
}

async function fileBytes(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}
