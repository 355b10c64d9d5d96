import UserCheck from "lucide-solid/icons/user-check";
import { createSignal, createUniqueId, For, Show, type JSX } from "solid-js";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import type { WaitingGuest, WaitingRoom } from "./createWaitingRoom.ts";
import styles from "./WaitingSection.module.css";

/** For teachers, above those who are here: who asks to be let in. Nothing while nobody does. */
export function WaitingSection(props: { readonly waitingRoom: WaitingRoom }): JSX.Element {
  const { t } = useI18n();
  const id = createUniqueId();
  const actions = createActions(props);
  const people = () => props.waitingRoom.people();
  const [refusing, setRefusing] = createSignal<WaitingGuest>();
  let heading: HTMLHeadingElement | undefined;

  /** The pressed button goes with its row: the focus stays near, or in the list of people below. */
  function admit(guests: readonly WaitingGuest[]): void {
    actions.admit(guests);
    queueMicrotask(() => heading?.focus());
  }

  return (
    <Show when={people().length > 0 || props.waitingRoom.isPinGuessed()}>
      <section class={styles.section} aria-labelledby={id}>
        <Show when={props.waitingRoom.isPinGuessed()}>
          <Banner tone="warning">{t("classroom.waitingRoom.pinGuessed")}</Banner>
        </Show>
        <div class={styles.head}>
          <h2 id={id} ref={(element) => (heading = element)} class={styles.title} tabIndex={-1}>
            {t("classroom.waitingRoom.title", { count: people().length })}
          </h2>
          <Show when={people().length > 1}>
            <Button size="sm" icon={<UserCheck />} onClick={() => admit(people())}>
              {t("classroom.waitingRoom.admitAll")}
            </Button>
          </Show>
        </div>
        <ul class={styles.list} aria-labelledby={id}>
          <For each={people()}>
            {(guest) => (
              <GuestRow
                guest={guest}
                onAdmit={() => admit([guest])}
                onRefuse={() => setRefusing(guest)}
              />
            )}
          </For>
        </ul>
        <Show when={refusing()}>
          {(guest) => (
            <RefuseDialog
              name={guest().name}
              onConfirm={() => actions.refuse(guest())}
              onClose={() => setRefusing(undefined)}
            />
          )}
        </Show>
      </section>
    </Show>
  );
}

interface GuestRowProps {
  readonly guest: WaitingGuest;
  readonly onAdmit: () => void;
  readonly onRefuse: () => void;
}

function GuestRow(props: GuestRowProps): JSX.Element {
  const { t, formatTime } = useI18n();
  return (
    <li class={styles.row}>
      <Avatar id={props.guest.participantId} name={props.guest.name} />
      <div class={styles.words}>
        <p class={styles.name} dir="auto">
          {props.guest.name}
        </p>
        <p class={styles.since}>
          {t("classroom.waitingRoom.since", { time: formatTime(props.guest.askedAtMs) })}
        </p>
      </div>
      <div class={styles.actions}>
        <Button
          size="sm"
          variant="quiet"
          aria-label={t("classroom.waitingRoom.refuseNamed", { name: props.guest.name })}
          onClick={() => props.onRefuse()}
        >
          {t("classroom.waitingRoom.refuse")}
        </Button>
        <Button
          size="sm"
          variant="primary"
          aria-label={t("classroom.waitingRoom.admitNamed", { name: props.guest.name })}
          onClick={() => props.onAdmit()}
        >
          {t("classroom.waitingRoom.admit")}
        </Button>
      </div>
    </li>
  );
}

interface RefuseDialogProps {
  readonly name: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

function RefuseDialog(props: RefuseDialogProps): JSX.Element {
  const { t } = useI18n();
  function confirm(): void {
    props.onConfirm();
    props.onClose();
  }
  return (
    <Dialog
      size="sm"
      title={t("classroom.waitingRoom.refuseTitle", { name: props.name })}
      description={t("classroom.waitingRoom.refuseText")}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button variant="danger" onClick={confirm}>
            {t("classroom.waitingRoom.refuseConfirm")}
          </Button>
        </>
      }
    />
  );
}

/** What a teacher decides holds at once on the screen; a failure is told, and the guest stands there again. */
function createActions(props: { readonly waitingRoom: WaitingRoom }) {
  const toasts = useToasts();
  const problemText = useProblemText();
  const attempt = async (decided: Promise<void>): Promise<void> => {
    try {
      await decided;
    } catch (error) {
      toasts.show({ tone: "danger", text: problemText(error) });
    }
  };
  const idOf = ({ participantId }: WaitingGuest): string => participantId;
  return {
    admit: (guests: readonly WaitingGuest[]) =>
      void attempt(props.waitingRoom.admit(guests.map(idOf))),
    refuse: (guest: WaitingGuest) => void attempt(props.waitingRoom.refuse([idOf(guest)])),
  };
}
