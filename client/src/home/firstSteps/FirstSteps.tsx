import { A } from "@solidjs/router";
import Check from "lucide-solid/icons/check";
import { createEffect, createResource, For, Show, type JSX } from "solid-js";
import { api, signInKeeper, type Room, type User } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { classNames } from "../../ui/classNames.ts";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import styles from "./FirstSteps.module.css";
import { loadSchoolSteps } from "./loadSchoolSteps.ts";

export interface FirstStepsProps {
  readonly user: User;
  /** Every class and group of the school. */
  readonly rooms: readonly Room[];
  readonly onNewRoom: () => void;
}

interface Step {
  readonly name: "people" | "room" | "rules" | "factor";
  readonly isDone: boolean;
  /** Where it is done; a room is made right here. */
  readonly href?: string;
}

/**
 * What somebody who runs a new school does first, and what of it is done. Once all is, or they have hidden it, the
 * account remembers that. Suspends until it knows; shows nothing when it cannot be known.
 */
export function FirstSteps(props: FirstStepsProps): JSX.Element {
  const { t, need } = useI18n();
  const [school] = createResource(async () => {
    try {
      return (await Promise.all([loadSchoolSteps(), need("steps")]))[0];
    } catch {
      return null;
    }
  });
  const steps = (): readonly Step[] => {
    const known = school();
    if (!known || known.isSettled) return [];
    const hasRoom = props.rooms.some(({ kind }) => kind === "class");
    return [
      { name: "people", isDone: known.hasInvited, href: "/admin/invitations" },
      { name: "room", isDone: hasRoom },
      { name: "rules", isDone: known.hasSetRules, href: "/admin/school" },
      { name: "factor", isDone: props.user.secondFactor, href: "/account" },
    ];
  };
  const done = (): number => steps().filter(({ isDone }) => isDone).length;
  createEffect(() => {
    if (school() && done() === steps().length) void rememberDone();
  });

  return (
    <Show when={done() < steps().length}>
      <section class={styles.card} aria-labelledby="first-steps">
        <header class={styles.head}>
          <h2 id="first-steps" class={styles.title}>
            {t("steps.title")}
          </h2>
          <p class={styles.progress}>
            {t("steps.progress", { done: done(), all: steps().length })}
          </p>
          <Button size="sm" variant="quiet" onClick={() => void rememberDone()}>
            {t("steps.hide")}
          </Button>
        </header>
        <ol class={styles.steps}>
          <For each={steps()}>{(step) => <StepLine step={step} onNewRoom={props.onNewRoom} />}</For>
        </ol>
      </section>
    </Show>
  );
}

function StepLine(props: { readonly step: Step; readonly onNewRoom: () => void }): JSX.Element {
  const { t } = useI18n();
  const title = (): string => t(`steps.${props.step.name}`);
  return (
    <li class={classNames(styles.step, props.step.isDone && styles.done)}>
      <span class={styles.mark} aria-hidden="true">
        <Show when={props.step.isDone}>
          <Check />
        </Show>
      </span>
      <div>
        <Show
          when={!props.step.isDone}
          fallback={
            <p class={styles.name}>
              <VisuallyHidden>{t("steps.isDone")} </VisuallyHidden>
              {title()}
            </p>
          }
        >
          <Show
            when={props.step.href}
            fallback={
              <button type="button" class={styles.act} onClick={() => props.onNewRoom()}>
                {title()}
              </button>
            }
          >
            {(href) => (
              <A class={styles.act} href={href()}>
                {title()}
              </A>
            )}
          </Show>
          <p class={styles.text}>{t(`steps.${props.step.name}Text`)}</p>
        </Show>
      </div>
    </li>
  );
}

/** They are not asked for again, on no device of this person. Not kept, they stand there once more next time. */
async function rememberDone(): Promise<void> {
  const body = { preferences: { firstSteps: "done" } };
  const user = await dataOf(api.PATCH("/api/me", { body })).catch(() => undefined);
  if (user !== undefined) signInKeeper.changeUser(user);
}
