import { createResource, createSignal, For, Match, Show, Switch, type JSX } from "solid-js";
import type { Room } from "../../api/api.ts";
import { useSignIn } from "../../api/SignIn.tsx";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { FailedCard } from "../../shell/FailedCard.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import { AddMember } from "./AddMember.tsx";
import { createMembers, type WantedPlace } from "./createMembers.ts";
import { MemberRow } from "./MemberRow.tsx";
import { placesToGive } from "./place.ts";
import styles from "./MembersDialog.module.css";

export interface MembersDialogProps {
  readonly room: Room;
  /** `hasChanged`: somebody came, went or has another place. */
  readonly onClose: (hasChanged: boolean) => void;
}

/** Who belongs to a room; its teachers let people in, say who teaches, and take people out. */
export function MembersDialog(props: MembersDialogProps): JSX.Element {
  const { t, need } = useI18n();
  const [words] = createResource(async () => {
    await need("members");
    return true;
  });
  const [hasChanged, setHasChanged] = createSignal(false);
  return (
    <Show when={words()}>
      <Dialog
        size="lg"
        title={t("members.title", { room: props.room.name })}
        onClose={() => props.onClose(hasChanged())}
      >
        <MemberList
          room={props.room}
          onChanged={() => setHasChanged(true)}
          onLeft={() => props.onClose(true)}
        />
      </Dialog>
    </Show>
  );
}

interface MemberListProps {
  readonly room: Room;
  readonly onChanged: () => void;
  /** The person took themselves out. */
  readonly onLeft: () => void;
}

function MemberList(props: MemberListProps): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const problemText = useProblemText();
  const members = createMembers(() => props.room.id);
  const places = () => placesToGive(props.room);
  const [problem, setProblem] = createSignal<unknown>();

  const act = async (work: () => Promise<void>): Promise<boolean> => {
    setProblem(undefined);
    try {
      await work();
      props.onChanged();
      return true;
    } catch (error) {
      setProblem(error);
      return false;
    }
  };
  const set = (place: WantedPlace): Promise<boolean> => act(() => members.set(place));
  const remove = async (userId: string): Promise<void> => {
    const isGone = await act(() => members.remove(userId));
    if (isGone && userId === user()?.id) props.onLeft();
  };

  return (
    <Switch fallback={<Spinner label={t("common.loading")} />}>
      <Match when={members.list()}>
        {(list) => (
          <div class={styles.dialog}>
            <Show when={problem() !== undefined}>
              <Banner tone="danger" announce="alert">
                {problemText(problem())}
              </Banner>
            </Show>
            <Show when={places().length > 0}>
              <AddMember room={props.room} places={places()} members={list()} onAdd={set} />
            </Show>
            <section>
              <h3 class={styles.heading}>{t("members.list")}</h3>
              <ul class={styles.list}>
                <For each={list()}>
                  {(member) => (
                    <MemberRow
                      member={member}
                      room={props.room}
                      isSelf={member.userId === user()?.id}
                      onSet={(place) => void set(place)}
                      onRemove={() => remove(member.userId)}
                    />
                  )}
                </For>
              </ul>
            </section>
          </div>
        )}
      </Match>
      <Match when={members.error() !== undefined}>
        <FailedCard error={members.error()} onRetry={() => void members.reload()} />
      </Match>
    </Switch>
  );
}
