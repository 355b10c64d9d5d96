import { createSignal, For, onMount, Show, type JSX } from "solid-js";
import { Section } from "../../account/settings/Section.tsx";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import type { components } from "../../api/schema.d.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { providerName } from "../../media/providerWords.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/Select.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { JitsiDialog } from "./JitsiDialog.tsx";
import { LiveKitDialog } from "./LiveKitDialog.tsx";
import { MediaServerLine } from "./MediaServerLine.tsx";
import { loadOwnServers, removeServer, type OwnServers, type ServerKind } from "./mediaServers.ts";
import type { School } from "./school.ts";
import styles from "./MediaServers.module.css";

const kinds = ["livekit", "jitsi"] as const;

export interface MediaServersSectionProps {
  readonly school: School;
  readonly onChange: (school: School) => void;
}

/** What classes are seen and heard through, and the school's own servers for it. Each is saved by itself. */
export function MediaServersSection(props: MediaServersSectionProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [servers, setServers] = createSignal<OwnServers>();
  const [problem, setProblem] = createSignal<unknown>();
  const [editing, setEditing] = createSignal<ServerKind>();
  const [removing, setRemoving] = createSignal<ServerKind>();
  const load = async (): Promise<void> => {
    setProblem(undefined);
    try {
      setServers(await loadOwnServers());
    } catch (error) {
      setProblem(error);
    }
  };
  onMount(() => void load());
  const close = (saved?: OwnServers): void => {
    if (saved !== undefined) setServers(saved);
    setEditing(undefined);
    setRemoving(undefined);
  };
  return (
    <Section title={t("school.media")} text={t("school.mediaText")}>
      <Show when={problem() !== undefined}>
        <Banner
          tone="danger"
          actions={
            <Button size="sm" onClick={() => void load()}>
              {t("common.retry")}
            </Button>
          }
        >
          {problemText(problem())}
        </Banner>
      </Show>
      <Show
        when={servers()}
        fallback={
          <Show when={problem() === undefined}>
            <Spinner label={t("common.loading")} />
          </Show>
        }
      >
        {(found) => (
          <>
            <DefaultVideo {...props} servers={found()} />
            <ul class={styles.servers}>
              <For each={kinds}>
                {(kind) => (
                  <MediaServerLine
                    kind={kind}
                    servers={found()}
                    onEdit={() => setEditing(kind)}
                    onRemove={() => setRemoving(kind)}
                  />
                )}
              </For>
            </ul>
            <Show when={editing() === "livekit"}>
              <LiveKitDialog before={found().livekit} onClose={close} />
            </Show>
            <Show when={editing() === "jitsi"}>
              <JitsiDialog before={found().jitsi} onClose={close} />
            </Show>
          </>
        )}
      </Show>
      <Show when={removing()}>
        {(kind) => (
          <ConfirmDialog
            danger
            title={t("school.mediaRemoveTitle", {
              name: t(providerName({ provider: kind(), isOwn: true })),
            })}
            text={t("school.mediaRemoveText")}
            confirm={t("school.mediaRemove")}
            onConfirm={() => removeServer(kind()).then(close)}
            onClose={() => close()}
          />
        )}
      </Show>
    </Section>
  );
}

/** What new classes take: of what is set up. */
function DefaultVideo(
  props: MediaServersSectionProps & { readonly servers: OwnServers },
): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [problem, setProblem] = createSignal<unknown>();
  const isSetUp = (provider: School["videoProvider"]): boolean => {
    if (provider !== "livekit" && provider !== "jitsi") return true;
    return props.servers[provider] !== null || props.servers.shared[provider];
  };
  const options = () =>
    (["mesh", "livekit", "jitsi", "none"] as const)
      .filter((provider) => isSetUp(provider) || provider === props.school.videoProvider)
      .map((provider) => {
        const isOwn =
          provider !== "mesh" && provider !== "none" && props.servers[provider] !== null;
        return { value: provider, label: t(providerName({ provider, isOwn })) };
      });
  const choose = async (videoProvider: School["videoProvider"]): Promise<void> => {
    setProblem(undefined);
    try {
      props.onChange(await patchSchool({ videoProvider }));
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Select
      label={t("school.mediaDefault")}
      hint={t("school.mediaDefaultHint")}
      error={problem() === undefined ? undefined : problemText(problem())}
      options={options()}
      value={props.school.videoProvider}
      onChange={(value) => {
        const chosen = options().find((option) => option.value === value);
        if (chosen !== undefined) void choose(chosen.value);
      }}
    />
  );
}

function patchSchool(body: components["schemas"]["SchoolChange"]): Promise<School> {
  return dataOf(api.PATCH("/api/school", { body }));
}
