import LogIn from "lucide-solid/icons/log-in";
import Presentation from "lucide-solid/icons/presentation";
import Users from "lucide-solid/icons/users";
import { A } from "@solidjs/router";
import { createSignal, lazy, Match, Show, Suspense, Switch, type JSX } from "solid-js";
import type { Room } from "../api/api.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { initialsOf, personColour } from "../ui/person.ts";
import styles from "./RoomCard.module.css";

const MembersDialog = lazy(async () => ({
  default: (await import("./members/MembersDialog.tsx")).MembersDialog,
}));

const kindKeys = {
  class: "home.kindClass",
  group: "home.kindGroup",
  direct: "home.kindDirect",
} as const satisfies Record<Room["kind"], string>;

export interface RoomCardProps {
  readonly room: Room;
  readonly onStart: () => void;
  /** Who belongs to the room has changed. */
  readonly onChanged: () => void;
}

/** A lasting place: what kind, who belongs to it, and the way in when a class runs there. */
export function RoomCard(props: RoomCardProps): JSX.Element {
  const { t } = useI18n();
  const [showsMembers, setShowsMembers] = createSignal(false);
  const name = (): string => props.room.name || t("common.erasedName");
  const teaches = (): boolean => props.room.role === "teacher";
  return (
    <li class={styles.card}>
      <span
        class={styles.mark}
        style={{ "background-color": personColour(props.room.id) }}
        aria-hidden="true"
      >
        {initialsOf(name())}
      </span>
      <div class={styles.words}>
        <p class={styles.kind}>
          {t(kindKeys[props.room.kind])}
          <Show when={props.room.liveClass}>
            <Badge tone="success" live>
              {t("home.stateLive")}
            </Badge>
          </Show>
        </p>
        <h3 class={styles.name}>{name()}</h3>
        <p class={styles.facts}>
          <MemberCount room={props.room} onOpen={() => setShowsMembers(true)} />
          <Show when={props.room.kind === "class"}>
            <RegisterLink room={props.room} />
            <A
              class={styles.members}
              href={`/room/${props.room.id}/recordings`}
              aria-label={t("home.recordingsOf", { room: props.room.name })}
            >
              {t("home.recordings")}
            </A>
          </Show>
          <Show when={teaches() && props.room.kind !== "direct"}>
            <Badge>{t("home.youTeach")}</Badge>
          </Show>
        </p>
      </div>
      <Switch>
        <Match when={props.room.liveClass}>
          {(liveClass) => (
            <ButtonLink
              class={styles.action}
              href={`/class/${liveClass().id}`}
              icon={<LogIn />}
              aria-label={t("home.openNamed", { title: liveClass().title })}
            >
              {t("home.open")}
            </ButtonLink>
          )}
        </Match>
        <Match when={teaches() && props.room.kind === "class"}>
          <Button
            class={styles.action}
            icon={<Presentation />}
            aria-label={t("home.startInRoom", { room: props.room.name })}
            onClick={() => props.onStart()}
          >
            {t("home.startClass")}
          </Button>
        </Match>
      </Switch>
      <Show when={showsMembers()}>
        <Suspense>
          <MembersDialog
            room={props.room}
            onClose={(hasChanged) => {
              setShowsMembers(false);
              if (hasChanged) props.onChanged();
            }}
          />
        </Suspense>
      </Show>
    </li>
  );
}

/** Who came to the room's classes: teachers see all, students themselves. */
function RegisterLink(props: { readonly room: Room }): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const teaches = (): boolean => props.room.role === "teacher";
  const href = (): string => {
    const all = `/room/${props.room.id}/register`;
    return teaches() ? all : `${all}/${user()?.id ?? ""}`;
  };
  return (
    <A
      class={styles.members}
      href={href()}
      aria-label={t(teaches() ? "home.roomRegisterOf" : "home.ownRegisterOf", {
        room: props.room.name,
      })}
    >
      {t(teaches() ? "home.roomRegister" : "home.ownRegister")}
    </A>
  );
}

/** How many belong there; of a class or group, the way to see who. */
function MemberCount(props: { readonly room: Room; readonly onOpen: () => void }): JSX.Element {
  const { t } = useI18n();
  const words = (): string => t("home.members", { count: props.room.memberCount });
  return (
    <Show
      when={props.room.kind !== "direct"}
      fallback={
        <>
          <Users aria-hidden="true" />
          {words()}
        </>
      }
    >
      <button
        type="button"
        class={styles.members}
        aria-haspopup="dialog"
        aria-label={t("home.membersOf", { room: props.room.name, members: words() })}
        onClick={() => props.onOpen()}
      >
        <Users aria-hidden="true" />
        {words()}
      </button>
    </Show>
  );
}
