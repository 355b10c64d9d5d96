import { trackKinds } from "@darasa/protocol";
import Hand from "lucide-solid/icons/hand";
import MicOff from "lucide-solid/icons/mic-off";
import { createMemo, For, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { handsInOrder } from "../../room/reducePresence.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { VideoChoice } from "../video/VideoChoice.tsx";
import styles from "./ClassControls.module.css";

/** What a teacher decides for the whole class. Everything holds at once and for everybody. */
export function ClassControls(props: { readonly onClose: () => void }): JSX.Element {
  const { t } = useI18n();
  const { room, view, attempt } = useClassroom();
  const permissions = () => room.state().permissions;
  const hands = createMemo(() => handsInOrder(room.state().presence).length);
  return (
    <Dialog
      size="sm"
      title={t("classroom.controls.title")}
      description={t("classroom.controls.hint")}
      onClose={() => props.onClose()}
    >
      <div class={styles.controls}>
        <Switch
          label={t("classroom.controls.drawing")}
          hint={t(
            permissions().drawing === "everyone"
              ? "classroom.controls.drawingEveryone"
              : "classroom.controls.drawingTeachers",
          )}
          checked={permissions().drawing === "everyone"}
          onChange={(isOpen) =>
            void attempt(
              room.commands.setPermissions({ drawing: isOpen ? "everyone" : "teachers" }),
            )
          }
        />
        <Switch
          label={t("classroom.controls.chat")}
          hint={t(
            permissions().chatLocked
              ? "classroom.controls.chatLocked"
              : "classroom.controls.chatOpen",
          )}
          checked={!permissions().chatLocked}
          onChange={(isOpen) => void attempt(room.commands.setPermissions({ chatLocked: !isOpen }))}
        />
        <Show when={view.state().hasVideo ? room.state().stage : null}>
          {(stage) => (
            <For each={trackKinds}>
              {(track) => (
                <Switch
                  label={t(`classroom.controls.may.${track}`)}
                  checked={stage().sources.includes(track)}
                  onChange={(isAllowed) => {
                    const sources = trackKinds.filter((kind) =>
                      kind === track ? isAllowed : stage().sources.includes(kind),
                    );
                    void attempt(room.commands.setStage({ sources }));
                  }}
                />
              )}
            </For>
          )}
        </Show>
        <VideoChoice />
        <div class={styles.actions}>
          <Show when={view.state().hasVideo}>
            <Button
              icon={<MicOff />}
              onClick={() => void attempt(room.commands.mute(null, "microphone"))}
            >
              {t("classroom.controls.muteAll")}
            </Button>
          </Show>
          <Button
            icon={<Hand />}
            disabled={hands() === 0}
            onClick={() => void attempt(room.commands.lowerHand(null))}
          >
            {t("classroom.controls.lowerHands")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
