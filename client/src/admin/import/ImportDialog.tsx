import { createSignal, Match, Show, Switch, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import type { Target } from "../invitations/TargetFields.tsx";
import { ImportRows } from "./ImportRows.tsx";
import { RosterFileField } from "./RosterFileField.tsx";
import type { RosterResult } from "./roster.ts";
import forms from "../Form.module.css";

export interface ImportDialogProps {
  readonly onClose: () => void;
  /** People were invited. */
  readonly onImported?: (() => void) | undefined;
}

/** A roster as it is sent. */
interface Chosen {
  readonly name: string;
  readonly csv: string;
}

/** Many people from a table: choose the file, see what would happen row by row, then let it happen. */
export function ImportDialog(props: ImportDialogProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [file, setFile] = createSignal<Chosen>();
  const [target, setTarget] = createSignal<Target>({ role: "student", roomId: "" });
  const [preview, setPreview] = createSignal<RosterResult>();
  const [result, setResult] = createSignal<RosterResult>();
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();

  const send = async (
    path: "/api/people/import" | "/api/people/import/preview",
  ): Promise<RosterResult | undefined> => {
    const csv = file()?.csv;
    if (csv === undefined || busy()) return undefined;
    const { role, roomId } = target();
    const body = { csv, role, ...(roomId === "" ? {} : { roomId }) };
    setBusy(true);
    setProblem(undefined);
    try {
      return await dataOf(api.POST(path, { body }));
    } catch (error) {
      setProblem(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const look = async (): Promise<void> => {
    setPreview(await send("/api/people/import/preview"));
  };
  const importAll = async (): Promise<void> => {
    const done = await send("/api/people/import");
    if (done === undefined) return;
    setResult(done);
    props.onImported?.();
  };
  const usable = (): RosterResult | undefined =>
    preview()?.fault === null ? preview() : undefined;

  return (
    <Dialog
      size="lg"
      title={t("import.title")}
      description={result() || usable() ? undefined : t("import.lead")}
      onClose={() => {
        if (!busy()) props.onClose();
      }}
      footer={
        <Switch
          fallback={
            <>
              <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
              <Button
                variant="primary"
                disabled={file() === undefined}
                busy={busy()}
                onClick={() => void look()}
              >
                {t("import.look")}
              </Button>
            </>
          }
        >
          <Match when={result()}>
            <Button variant="primary" onClick={() => props.onClose()}>
              {t("invite.finish")}
            </Button>
          </Match>
          <Match when={usable()}>
            {(shown) => (
              <>
                <Button disabled={busy()} onClick={() => setPreview(undefined)}>
                  {t("common.back")}
                </Button>
                <Button
                  variant="primary"
                  disabled={shown().totals.new + shown().totals.exists === 0}
                  busy={busy()}
                  onClick={() => void importAll()}
                >
                  {shown().totals.new === 0
                    ? t("import.confirmKnown")
                    : t("import.confirm", { count: shown().totals.new })}
                </Button>
              </>
            )}
          </Match>
        </Switch>
      }
    >
      <div class={forms.form}>
        <Show when={problem() !== undefined}>
          <Banner tone="danger" announce="alert">
            {problemText(problem())}
          </Banner>
        </Show>
        <Switch
          fallback={
            <RosterFileField
              fileName={file()?.name}
              fault={preview()?.fault ?? undefined}
              target={target()}
              onFile={(chosen) => {
                setPreview(undefined);
                setFile(chosen);
              }}
              onTarget={setTarget}
            />
          }
        >
          <Match when={result()}>{(done) => <ImportRows result={done()} stage="done" />}</Match>
          <Match when={usable()}>
            {(shown) => <ImportRows result={shown()} stage={busy() ? "running" : "preview"} />}
          </Match>
        </Switch>
      </div>
    </Dialog>
  );
}
