import { A, useNavigate } from "@solidjs/router";
import { createResource, createSignal, Match, Show, Switch, type JSX } from "solid-js";
import { SchoolMark } from "../account/door/SchoolMark.tsx";
import { api, type Invitation, type User } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { signInPath } from "../shell/nextPath.ts";
import { Badge } from "../ui/Badge.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import type { ClassDoor } from "./classDoor.ts";
import { GuestForm } from "./GuestForm.tsx";
import styles from "./InvitationCard.module.css";

export interface InvitationCardProps {
  readonly door: ClassDoor;
  readonly invitation: Invitation;
}

/** What a code or a link opens, and the one tap that leads in. */
export function InvitationCard(props: InvitationCardProps): JSX.Element {
  const { t } = useI18n();
  const { user, ready } = useSignIn();
  const [asGuest, setAsGuest] = createSignal(false);
  const [mayEnter] = createResource(
    () => ready() && user() !== null && props.invitation.liveClassId,
    (liveClassId) => mayOpen(liveClassId),
  );
  const self = (): User | null => (mayEnter.state === "ready" && mayEnter() ? user() : null);
  const isKnown = (): boolean => ready() && !mayEnter.loading;
  const takesGuests = (): boolean => props.invitation.guests !== "forbidden";

  return (
    <div class={styles.invitation}>
      <Head invitation={props.invitation} />
      <Show when={isKnown()} fallback={<Skeleton height="8.5rem" />}>
        <Switch fallback={<NoGuests door={props.door} />}>
          <Match when={!asGuest() && self()}>
            {(person) => (
              <JoinAsSelf
                person={person()}
                liveClassId={props.invitation.liveClassId}
                onGuest={takesGuests() ? () => setAsGuest(true) : undefined}
              />
            )}
          </Match>
          <Match when={takesGuests()}>
            <GuestForm
              door={props.door}
              invitation={props.invitation}
              signedIn={user()?.role === "guest" ? null : user()}
              onBack={self() === null ? undefined : () => setAsGuest(false)}
            />
          </Match>
        </Switch>
      </Show>
      <A class={styles.other} href="/join">
        {t("join.otherCode")}
      </A>
    </div>
  );
}

function Head(props: { readonly invitation: Invitation }): JSX.Element {
  const { t, formatTime } = useI18n();
  const school = () => {
    const { schoolSlug: slug, schoolName: name, colour, logo } = props.invitation;
    return { slug, name, colour, logo };
  };
  return (
    <div class={styles.head}>
      <div class={styles.headLine}>
        <Show
          when={props.invitation.status === "live"}
          fallback={
            <Badge>{t("join.startsAt", { time: formatTime(props.invitation.startsAtMs) })}</Badge>
          }
        >
          <Badge tone="success" live>
            {t("join.live")}
          </Badge>
        </Show>
        <SchoolMark school={school()} />
      </div>
      <h1 class={styles.title}>{props.invitation.title}</h1>
      <p class={styles.room}>{props.invitation.roomName}</p>
      <p class={styles.teachers}>
        {t("join.teacher", {
          count: props.invitation.teachers.length,
          names: props.invitation.teachers.join(", "),
        })}
      </p>
      <p class={styles.school}>{props.invitation.schoolName}</p>
    </div>
  );
}

interface JoinAsSelfProps {
  readonly person: User;
  readonly liveClassId: string;
  /** Not given where there are no guests. */
  readonly onGuest: (() => void) | undefined;
}

function JoinAsSelf(props: JoinAsSelfProps): JSX.Element {
  const { t } = useI18n();
  const navigate = useNavigate();
  return (
    <div class={styles.self}>
      <Button
        variant="primary"
        size="lg"
        wide
        onClick={() => navigate(`/class/${props.liveClassId}`)}
      >
        {t("join.joinAs", { name: props.person.name })}
      </Button>
      <Show when={props.onGuest}>
        {(onGuest) => (
          <Button variant="quiet" wide onClick={() => onGuest()()}>
            {t("join.joinAsGuest")}
          </Button>
        )}
      </Show>
    </div>
  );
}

/** For those whom the school knows; others are told plainly. */
function NoGuests(props: { readonly door: ClassDoor }): JSX.Element {
  const { t } = useI18n();
  const next = (): string => (props.door.by === "code" ? `/join/${props.door.code}` : "/");
  return (
    <div class={styles.self}>
      <Banner announce="none">
        <strong>{t("join.forbiddenTitle")}</strong> {t("join.forbiddenText")}
      </Banner>
      <ButtonLink href={signInPath(next())} variant="primary" size="lg" wide>
        {t("common.signIn")}
      </ButtonLink>
    </div>
  );
}

/** Keeps the card's room while the code is looked up. */
export function InvitationSkeleton(props: { readonly label: string }): JSX.Element {
  return (
    <div class={styles.invitation} role="status">
      <VisuallyHidden>{props.label}</VisuallyHidden>
      <div class={styles.head}>
        <Skeleton width="7rem" height="1.5rem" />
        <Skeleton width="14rem" height="2.5rem" />
        <Skeleton width="11rem" />
        <Skeleton width="9rem" />
      </div>
      <Skeleton height="8.5rem" />
    </div>
  );
}

/** Whether the signed-in person belongs to this class; others come in as guests. */
async function mayOpen(liveClassId: string): Promise<boolean> {
  try {
    await dataOf(api.GET("/api/live-classes/{id}", { params: { path: { id: liveClassId } } }));
    return true;
  } catch {
    return false;
  }
}
