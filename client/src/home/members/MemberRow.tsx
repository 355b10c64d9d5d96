import Ellipsis from "lucide-solid/icons/ellipsis";
import LogOut from "lucide-solid/icons/log-out";
import UserMinus from "lucide-solid/icons/user-minus";
import { createSignal, Show, type JSX } from "solid-js";
import type { Room } from "../../api/api.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu, type MenuItem } from "../../ui/Menu.tsx";
import type { WantedPlace } from "./createMembers.ts";
import { placeOf, placesToGive, type Member, type Place } from "./place.ts";
import { placeKeys, SubstituteUntil } from "./SubstituteUntil.tsx";
import styles from "./MembersDialog.module.css";

export interface MemberRowProps {
  readonly member: Member;
  readonly room: Room;
  /** The member is the person who looks. */
  readonly isSelf: boolean;
  readonly onSet: (place: WantedPlace) => void;
  readonly onRemove: () => Promise<void>;
}

/** One member: who they are, until when, and for teachers what can be done. */
export function MemberRow(props: MemberRowProps): JSX.Element {
  const { t, formatDate, formatTime } = useI18n();
  const [open, setOpen] = createSignal<"until" | "remove">();
  const [busy, setBusy] = createSignal(false);
  const place = (): Place => placeOf(props.member);
  const items = (): MenuItem[] => rowItems(props, { t, choose, ask: setOpen });

  function choose(next: Place): void {
    if (next === "substitute") setOpen("until");
    else if (next !== place()) {
      props.onSet({ userId: props.member.userId, role: next, untilMs: null });
    }
  }
  const remove = async (): Promise<void> => {
    setBusy(true);
    await props.onRemove();
    setBusy(false);
    setOpen(undefined);
  };

  return (
    <li class={styles.row}>
      <Avatar id={props.member.userId} name={props.member.name} />
      <span class={styles.who}>
        <span class={styles.name} dir="auto">
          {props.member.name}
        </span>
        <Show when={props.member.untilMs}>
          {(untilMs) => (
            <span class={styles.faint}>
              {t("members.until", { date: formatDate(untilMs()), time: formatTime(untilMs()) })}
            </span>
          )}
        </Show>
      </span>
      <Badge tone={place() === "student" ? "neutral" : "primary"}>{t(placeKeys[place()])}</Badge>
      <Show when={items().length > 0}>
        <Menu
          label={t("members.actsOf", { name: props.member.name })}
          groups={[{ items: items() }]}
          trigger={(trigger) => (
            <IconButton
              {...trigger}
              label={t("members.actsOf", { name: props.member.name })}
              icon={<Ellipsis />}
              tooltip="none"
            />
          )}
        />
      </Show>
      <Show when={open() === "until"}>
        <SubstituteUntil
          onCancel={() => setOpen(undefined)}
          onChosen={(untilMs) => {
            setOpen(undefined);
            props.onSet({ userId: props.member.userId, role: "teacher", untilMs });
          }}
        />
      </Show>
      <Show when={open() === "remove"}>
        <div class={styles.ask} role="group" aria-label={t("members.remove")}>
          <p>
            {props.isSelf
              ? t("members.askLeave")
              : t("members.askRemove", { name: props.member.name })}
          </p>
          <Button size="sm" onClick={() => setOpen(undefined)}>
            {t("common.cancel")}
          </Button>
          <Button size="sm" variant="danger" busy={busy()} onClick={() => void remove()}>
            {t(props.isSelf ? "members.leave" : "members.remove")}
          </Button>
        </div>
      </Show>
    </li>
  );
}

interface RowActs {
  readonly t: ReturnType<typeof useI18n>["t"];
  readonly choose: (place: Place) => void;
  readonly ask: (question: "remove") => void;
}

/** What the person who looks may do about a member. */
function rowItems({ member, room, isSelf }: MemberRowProps, acts: RowActs): MenuItem[] {
  const { t, choose, ask } = acts;
  const places = placesToGive(room);
  const current = placeOf(member);
  const mayDecide = places.length > 1 || (places.length === 1 && current === "student");
  const choices: MenuItem[] =
    mayDecide && places.length > 1
      ? places.map((place) => ({
          label: t(placeKeys[place]),
          checked: place === current,
          onSelect: () => choose(place),
        }))
      : [];
  if (isSelf && room.kind === "group") {
    return [
      ...choices,
      { label: t("members.leave"), icon: <LogOut />, danger: true, onSelect: () => ask("remove") },
    ];
  }
  if (!mayDecide) return choices;
  return [
    ...choices,
    {
      label: t("members.remove"),
      icon: <UserMinus />,
      danger: true,
      onSelect: () => ask("remove"),
    },
  ];
}
