import Mic from "lucide-solid/icons/mic";
import Volume2 from "lucide-solid/icons/volume-2";
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  Match,
  on,
  Show,
  Switch,
  type JSX,
} from "solid-js";
import { limits, type Participant } from "@darasa/protocol";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import type { Media } from "./createMedia.ts";
import { browserFamily, deviceProblems, screenProblem, type ProblemWords } from "./problemWords.ts";
import { useProblemSentences } from "./useProblemSentences.ts";
import styles from "./MediaNotices.module.css";

export interface MediaNoticesProps {
  readonly media: Media;
  readonly people: readonly Participant[];
}

/** All that the person must know or answer about sound and pictures right now; nothing most of the time. */
export function MediaNotices(props: MediaNoticesProps): JSX.Element {
  return (
    <div class={styles.notices}>
      <SoundBlocked media={props.media} />
      <Refusal media={props.media} />
      <SwitchedOff media={props.media} />
      <MutedHint media={props.media} />
      <Problems media={props.media} />
      <Unreached {...props} />
      <NewDevice media={props.media} />
    </div>
  );
}

function SoundBlocked(props: { readonly media: Media }): JSX.Element {
  const { t } = useI18n();
  return (
    <Show when={props.media.state.isSoundBlocked}>
      <Banner
        tone="warning"
        announce="alert"
        actions={
          <Button
            variant="primary"
            size="sm"
            icon={<Volume2 />}
            onClick={() => props.media.allowSound()}
          >
            {t("media.tapToHear")}
          </Button>
        }
      >
        {t("media.tapToHearWhy")}
      </Banner>
    </Show>
  );
}

function Refusal(props: { readonly media: Media }): JSX.Element {
  const { t } = useI18n();
  // It lies over the class and may last as long as that: whoever has read it can put it away.
  const [isRead, setIsRead] = createSignal(false);
  createEffect(
    on(
      () => props.media.state.refusal,
      () => setIsRead(false),
    ),
  );
  return (
    <Show when={!isRead() && props.media.state.refusal}>
      {(code) => (
        <Banner
          actions={
            <Button size="sm" onClick={() => setIsRead(true)}>
              {t("common.close")}
            </Button>
          }
        >
          <Switch fallback={t("media.refused")}>
            <Match when={code() === "mesh_full"}>
              {t("media.full", { count: limits.maxMeshMembers })}
            </Match>
            <Match when={code() === "conflict"}>{t("media.elsewhere")}</Match>
          </Switch>
        </Banner>
      )}
    </Show>
  );
}

function SwitchedOff(props: { readonly media: Media }): JSX.Element {
  const { t } = useI18n();
  return (
    <Show when={props.media.state.switchedOff}>
      {(off) => (
        <Banner
          tone="warning"
          announce="alert"
          actions={
            <Button size="sm" onClick={() => props.media.dismissSwitchedOff()}>
              {t("common.close")}
            </Button>
          }
        >
          <Show when={off().byName} fallback={t(`media.notAllowed.${off().track}`)}>
            {(name) => t(`media.switchedOff.${off().track}`, { name: name() })}
          </Show>
        </Banner>
      )}
    </Show>
  );
}

function MutedHint(props: { readonly media: Media }): JSX.Element {
  const { t } = useI18n();
  return (
    <Show when={props.media.state.isMutedButTalking}>
      <Banner
        tone="warning"
        actions={
          <Button size="sm" icon={<Mic />} onClick={() => props.media.toggleMicrophone()}>
            {t("media.unmute")}
          </Button>
        }
      >
        {t("media.muted")}
      </Banner>
    </Show>
  );
}

function Problems(props: { readonly media: Media }): JSX.Element {
  const { t } = useI18n();
  const sentences = useProblemSentences();
  const family = browserFamily(navigator.userAgent);
  const [dismissed, setDismissed] = createSignal<readonly string[]>([]);
  const found = createMemo((): readonly ProblemWords[] => {
    const { local } = props.media.state;
    const screen = screenProblem(local.screen, family);
    const devices = deviceProblems(local, family);
    return screen === null ? devices : [...devices, screen];
  });
  const nameOf = (words: ProblemWords): string => `${words.text} ${words.device}`;
  // What was dismissed is shown again when it happens again, that is, after it was gone.
  createEffect(() => {
    const present = found().map(nameOf);
    setDismissed((before) => before.filter((name) => present.includes(name)));
  });
  return (
    <For each={found().filter((words) => !dismissed().includes(nameOf(words)))}>
      {(words) => (
        <Banner
          tone="danger"
          announce="alert"
          actions={
            <Button size="sm" onClick={() => setDismissed((all) => [...all, nameOf(words)])}>
              {t("common.close")}
            </Button>
          }
        >
          <strong>{sentences.text(words)}</strong> {sentences.help(words)}
        </Banner>
      )}
    </For>
  );
}

/** A pair that cannot connect is told so in words; it is tried again all the while. */
function Unreached(props: MediaNoticesProps): JSX.Element {
  const { t } = useI18n();
  const names = createMemo((): string => {
    const failed = props.media.state.remotes.filter((remote) => remote.connection === "failed");
    return props.people
      .filter((person) => failed.some((remote) => remote.participantId === person.participantId))
      .map((person) => person.name)
      .join(", ");
  });
  return (
    <Show when={names()}>
      <Banner tone="warning">
        {t("media.failed", { name: names() })} {t("media.failedHelp")}
      </Banner>
    </Show>
  );
}

function NewDevice(props: { readonly media: Media }): JSX.Element {
  const { t } = useI18n();
  return (
    <Show when={props.media.state.newDevice}>
      {(device) => (
        <Banner
          actions={
            <>
              <Button size="sm" variant="primary" onClick={() => props.media.answerNewDevice(true)}>
                {t("media.useDevice")}
              </Button>
              <Button size="sm" onClick={() => props.media.answerNewDevice(false)}>
                {t("media.notNow")}
              </Button>
            </>
          }
        >
          {t("media.newDevice", { name: device().label })}
        </Banner>
      )}
    </Show>
  );
}
