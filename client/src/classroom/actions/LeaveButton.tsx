import DoorOpen from "lucide-solid/icons/door-open";
import LogOut from "lucide-solid/icons/log-out";
import { createSignal, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { ownRights } from "../../room/reduceRoom.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu, type MenuTrigger } from "../../ui/Menu.tsx";
import { useClassroom } from "../ClassroomContext.tsx";

/** Out of the class. A teacher is asked whether the class goes on; ending it for all wants a second word. */
export function LeaveButton(): JSX.Element {
  const { t } = useI18n();
  const { room, leave } = useClassroom();
  const [isEnding, setIsEnding] = createSignal(false);
  return (
    <>
      <Show
        when={ownRights(room.state()).moderate}
        fallback={<LeaveLook onClick={() => leave()} />}
      >
        <Menu
          label={t("classroom.leave")}
          groups={[
            {
              items: [
                { label: t("classroom.leaveOnly"), icon: <LogOut />, onSelect: () => leave() },
              ],
            },
            {
              items: [
                {
                  label: t("classroom.endForAll"),
                  icon: <DoorOpen />,
                  danger: true,
                  onSelect: () => setIsEnding(true),
                },
              ],
            },
          ]}
          trigger={(trigger) => <LeaveLook {...trigger} />}
        />
      </Show>
      <Show when={isEnding()}>
        <EndDialog onClose={() => setIsEnding(false)} />
      </Show>
    </>
  );
}

/** A word where there is room for it. */
function LeaveLook(props: Partial<MenuTrigger> & { readonly onClick: () => void }): JSX.Element {
  const { t } = useI18n();
  const { view } = useClassroom();
  return (
    <Show
      when={view.isRoomy()}
      fallback={
        <IconButton
          {...props}
          variant="danger"
          label={t("classroom.leave")}
          icon={<LogOut />}
          tooltip="above"
        />
      }
    >
      <Button {...props} variant="danger" icon={<LogOut />}>
        {t("classroom.leave")}
      </Button>
    </Show>
  );
}

function EndDialog(props: { readonly onClose: () => void }): JSX.Element {
  const { t } = useI18n();
  const { end } = useClassroom();
  const [isBusy, setIsBusy] = createSignal(false);

  async function confirm(): Promise<void> {
    setIsBusy(true);
    await end();
    props.onClose();
  }

  return (
    <Dialog
      size="sm"
      title={t("classroom.endTitle")}
      description={t("classroom.endText")}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button variant="danger" busy={isBusy()} onClick={() => void confirm()}>
            {t("classroom.endConfirm")}
          </Button>
        </>
      }
    />
  );
}
