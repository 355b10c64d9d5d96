import { A, useNavigate } from "@solidjs/router";
import { createResource, createSignal, Show, type JSX } from "solid-js";
import { api, type Invitation, type User } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useSignIn } from "../api/SignIn.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Skeleton } from "../ui/Skeleton.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import { GuestForm } from "./GuestForm.tsx";
import styles from "./InvitationCard.module.css";

export interface InvitationCardProps {
  readonly code: string;
  readonly invitation: Invitation;
}

/** What the code opens, and the one tap that leads in. */
export function InvitationCard(props: InvitationCardProps): JSX.Element {
  const { t, formatTime } = useI18n();
  const { user, ready } = useSignIn();
  const [asGuest, setAsGuest] = createSignal(false);
  const [mayEnter] = createResource(
    () => ready() && user() !== null && props.invitation.liveClassId,
    (liveClassId) => mayOpen(liveClassId),
  );
  const self = (): User | null => (mayEnter.state === "ready" && mayEnter() ? user() : null);
  const isKnown = (): boolean => ready() && !mayEnter.loading;

  return (
    <div class={styles.invitation}>
      <div class={styles.head}>
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
      <Show when={isKnown()} fallback={<Skeleton height="8.5rem" />}>
        <Show
          when={!asGuest() && self()}
          fallback={
            <GuestForm
              code={props.code}
              signedIn={user()?.role === "guest" ? null : user()}
              onBack={self() === null ? undefined : () => setAsGuest(false)}
            />
          }
        >
          {(person) => (
            <JoinAsSelf
              name={person().name}
              liveClassId={props.invitation.liveClassId}
              onGuest={() => setAsGuest(true)}
            />
          )}
        </Show>
      </Show>
      <A class={styles.other} href="/join">
        {t("join.otherCode")}
      </A>
    </div>
  );
}

interface JoinAsSelfProps {
  readonly name: string;
  readonly liveClassId: string;
  readonly onGuest: () => void;
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
        {t("join.joinAs", { name: props.name })}
      </Button>
      <Button variant="quiet" wide onClick={() => props.onGuest()}>
        {t("join.joinAsGuest")}
      </Button>
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
