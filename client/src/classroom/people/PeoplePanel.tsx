import Hand from "lucide-solid/icons/hand";
import { createMemo, createSignal, For, lazy, Show, Suspense, type JSX } from "solid-js";
import type { Participant, ParticipantId } from "@darasa/protocol";
import { ShareButton } from "../../home/ShareButton.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { createClassPulse } from "../../pulse/createClassPulse.ts";
import { PulseStrip } from "../../pulse/PulseStrip.tsx";
import { handsInOrder, peopleInOrder } from "../../room/reducePresence.ts";
import { isHall, ownRights } from "../../room/reduceRoom.ts";
import { LiveStrip } from "../../register/LiveStrip.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { WaitingSection } from "../waitingRoom/WaitingSection.tsx";
import { AwayPresenter } from "./AwayPresenter.tsx";
import { PersonRow } from "./PersonRow.tsx";
import styles from "./PeoplePanel.module.css";

const HallList = lazy(async () => ({ default: (await import("./HallList.tsx")).HallList }));

/**
 * Who is here: teachers, then raised hands in the order raised, then everybody by name; for a teacher, unless they
 * want it so too, by who needs them.
 */
export function PeoplePanel(): JSX.Element {
  const { t, language } = useI18n();
  const classroom = useClassroom();
  const { liveClass, setLiveClass, room, view, attempt, waitingRoom } = classroom;
  const pulse = createClassPulse(classroom, language);
  const mayModerate = () => ownRights(room.state()).moderate;
  const hasPulse = () => mayModerate() && room.state().stage !== null && !isHall(room.state());
  const presence = createMemo(() => room.state().presence);
  const people = createMemo(() => peopleInOrder(presence(), language()));
  // Rows of ids keep their elements, and an open menu, when somebody's hand or microphone changes.
  const ids = createMemo(() =>
    hasPulse() && pulse.isOpen() ? pulse.ids() : people().map(({ participantId }) => participantId),
  );
  const hands = createMemo(() =>
    handsInOrder(presence()).map(({ participantId }) => participantId),
  );
  const isAlone = () => room.state().count === 1;
  // Where there is room the header shows the code already.
  const showsCode = () => mayModerate() && (isAlone() || !view.isRoomy());
  const [removing, setRemoving] = createSignal<Participant | null>(null);

  return (
    <div class={styles.panel}>
      <Show when={waitingRoom}>{(room) => <WaitingSection waitingRoom={room()} />}</Show>
      <Show when={showsCode()}>
        <div class={styles.invite}>
          <p>{t(isAlone() ? "classroom.inviteAlone" : "classroom.invite")}</p>
          <ShareButton liveClass={liveClass()} onChanged={setLiveClass} />
        </div>
      </Show>
      <Show when={mayModerate() && !view.isRoomy()}>
        <LiveStrip />
      </Show>
      <div class={styles.counts}>
        <p>
          {t("classroom.present", { count: room.state().count })}
          <Show when={hands().length > 0}>
            <span class={styles.hands}> · {t("classroom.hands", { count: hands().length })}</span>
          </Show>
        </p>
        <Show when={mayModerate() && hands().length > 0}>
          <Button
            size="sm"
            variant="quiet"
            icon={<Hand />}
            onClick={() => void attempt(room.commands.lowerHand(null))}
          >
            {t("classroom.controls.lowerHands")}
          </Button>
        </Show>
      </div>
      <AwayPresenter />
      <Show when={hasPulse() && !isAlone()}>
        <PulseStrip pulse={pulse} />
      </Show>
      <Show when={!isHall(room.state())} fallback={<Hall hands={hands()} onRemove={setRemoving} />}>
        <ul class={styles.list} aria-label={t("classroom.people")}>
          <For each={ids()}>
            {(id) => (
              <Show when={presence().get(id)}>
                {(person) => (
                  <PersonRow
                    person={person()}
                    handPlace={placeOf(hands(), id)}
                    onRemove={() => setRemoving(person())}
                  />
                )}
              </Show>
            )}
          </For>
        </ul>
      </Show>
      <Show when={removing()}>
        {(person) => <RemoveDialog person={person()} onClose={() => setRemoving(null)} />}
      </Show>
    </div>
  );
}

function Hall(props: {
  readonly hands: readonly ParticipantId[];
  readonly onRemove: (person: Participant) => void;
}): JSX.Element {
  const { t } = useI18n();
  return (
    <Suspense fallback={<p class={styles.loading}>{t("classroom.hall.loading")}</p>}>
      <HallList handPlace={(id) => placeOf(props.hands, id)} onRemove={props.onRemove} />
    </Suspense>
  );
}

/** The place in the queue, from 1; null for a hand that is down. */
function placeOf(hands: readonly ParticipantId[], id: ParticipantId): number | null {
  const index = hands.indexOf(id);
  return index === -1 ? null : index + 1;
}

function RemoveDialog(props: {
  readonly person: Participant;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useI18n();
  const { room, attempt } = useClassroom();

  function confirm(): void {
    void attempt(room.commands.remove(props.person.participantId));
    props.onClose();
  }

  return (
    <Dialog
      size="sm"
      title={t("classroom.removeTitle", { name: props.person.name })}
      description={t("classroom.removeText")}
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button variant="danger" onClick={confirm}>
            {t("classroom.removeConfirm")}
          </Button>
        </>
      }
    />
  );
}
