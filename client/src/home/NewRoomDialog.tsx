import { createSignal, createUniqueId, Show, type JSX } from "solid-js";
import { api, type Room } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { RadioGroup } from "../ui/RadioGroup.tsx";
import { TextField } from "../ui/TextField.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import styles from "./StartClassDialog.module.css";

export interface NewRoomDialogProps {
  /** Somebody who has no class room wants to start a class. */
  readonly isForClass: boolean;
  readonly onClose: () => void;
  readonly onMade: (room: Room) => void;
}

/** A name and a kind, and the room is there. */
export function NewRoomDialog(props: NewRoomDialogProps): JSX.Element {
  const { t } = useI18n();
  const formId = createUniqueId();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [name, setName] = createSignal("");
  const [kind, setKind] = createSignal<"class" | "group">("class");
  const [fault, setFault] = createSignal<string>();
  const [problem, setProblem] = createSignal<unknown>();
  const [busy, setBusy] = createSignal(false);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy()) return;
    setProblem(undefined);
    setFault(name().trim() === "" ? t("home.nameMissing") : undefined);
    if (fault() !== undefined) return;
    setBusy(true);
    try {
      const body = { kind: kind(), name: name().trim() };
      const room = await dataOf(api.POST("/api/rooms", { body }));
      toasts.show({ text: t("home.newRoomDone", { name: room.name }), tone: "success" });
      props.onMade(room);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t("home.newRoomTitle")}
      description={props.isForClass ? t("home.newRoomFirst") : undefined}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy()}>
            {t("home.newRoomCreate")}
          </Button>
        </>
      }
    >
      <form id={formId} class={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <Show when={problem() !== undefined}>
          <Banner tone="danger" announce="alert">
            {problemText(problem())}
          </Banner>
        </Show>
        <TextField
          label={t("home.newRoomName")}
          hint={t("home.newRoomNameHint")}
          error={fault()}
          maxLength={120}
          autocomplete="off"
          autofocus
          value={name()}
          onInput={setName}
        />
        <RadioGroup
          label={t("home.newRoomKind")}
          layout="row"
          options={[
            { value: "class", label: t("home.kindClass") },
            { value: "group", label: t("home.kindGroup") },
          ]}
          value={kind()}
          onChange={setKind}
        />
      </form>
    </Dialog>
  );
}
