import Laptop from "lucide-solid/icons/laptop";
import Smartphone from "lucide-solid/icons/smartphone";
import { createSignal, For, Match, onMount, Show, Switch, type JSX } from "solid-js";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import type { components } from "../../api/schema.d.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import { describeDevice } from "./describeDevice.ts";
import styles from "./DevicesSection.module.css";
import { Section } from "./Section.tsx";

type Device = components["schemas"]["SignIn"];

/** Where one is signed in, and the ways to end that. */
export function DevicesSection(): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [devices, setDevices] = createSignal<readonly Device[]>();
  const [problem, setProblem] = createSignal<unknown>();
  const [asksForAll, setAsksForAll] = createSignal(false);
  const [ending, setEnding] = createSignal<string>();

  const load = async (): Promise<void> => {
    setProblem(undefined);
    try {
      setDevices((await dataOf(api.GET("/api/me/sign-ins"))).signIns);
    } catch (error) {
      setProblem(error);
    }
  };
  onMount(() => void load());
  const act = async (what: string, work: () => Promise<unknown>, done: string): Promise<void> => {
    if (ending() !== undefined) return;
    setEnding(what);
    try {
      await work();
      toasts.show({ text: done, tone: "success" });
    } catch (error) {
      toasts.show({ text: problemText(error), tone: "danger" });
    }
    setEnding(undefined);
    await load();
  };
  const endOne = (device: Device): Promise<void> => {
    const params = { path: { id: device.id } };
    const name = describeDevice(device, t);
    return act(
      device.id,
      () => dataOf(api.DELETE("/api/me/sign-ins/{id}", { params })),
      t("settings.deviceEnded", { device: name }),
    );
  };
  const endOthers = async (): Promise<void> => {
    await act(
      "others",
      () => dataOf(api.POST("/api/me/sign-ins/end-others")),
      t("settings.devicesEnded"),
    );
    setAsksForAll(false);
  };

  return (
    <Section title={t("settings.devices")} text={t("settings.devicesText")}>
      <Switch fallback={<Waiting />}>
        <Match when={devices()}>
          {(found) => (
            <>
              <ul class={styles.list}>
                <For each={found()}>
                  {(device) => (
                    <DeviceRow
                      device={device}
                      busy={ending() === device.id}
                      onEnd={() => void endOne(device)}
                    />
                  )}
                </For>
              </ul>
              <Show when={found().length > 1} fallback={<p>{t("settings.devicesOnly")}</p>}>
                <div>
                  <Button onClick={() => setAsksForAll(true)}>{t("settings.devicesEnd")}</Button>
                </div>
              </Show>
            </>
          )}
        </Match>
        <Match when={problem() !== undefined}>
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
        </Match>
      </Switch>
      <Show when={asksForAll()}>
        <Dialog
          title={t("settings.devicesEndTitle")}
          description={t("settings.devicesEndText")}
          size="sm"
          onClose={() => setAsksForAll(false)}
          footer={
            <>
              <Button onClick={() => setAsksForAll(false)}>{t("common.cancel")}</Button>
              <Button
                variant="danger"
                busy={ending() === "others"}
                onClick={() => void endOthers()}
              >
                {t("settings.devicesEnd")}
              </Button>
            </>
          }
        />
      </Show>
    </Section>
  );
}

function DeviceRow(props: {
  readonly device: Device;
  readonly busy: boolean;
  readonly onEnd: () => void;
}): JSX.Element {
  const { t, formatDay, formatTime } = useI18n();
  const name = (): string => describeDevice(props.device, t);
  const used = (): string => {
    if (props.device.isThis) return t("settings.deviceNow");
    const { lastUsedAtMs: at } = props.device;
    const when = t("settings.deviceAt", { date: formatDay(at), time: formatTime(at) });
    return t("settings.deviceUsed", { when });
  };
  return (
    <li class={styles.row}>
      <span class={styles.icon} aria-hidden="true">
        <Show when={/Android|iPhone|iPad|phone/i.test(props.device.device)} fallback={<Laptop />}>
          <Smartphone />
        </Show>
      </span>
      <div class={styles.words}>
        <p class={styles.name}>
          {name()}
          <Show when={props.device.isThis}>
            <Badge tone="primary">{t("settings.deviceThis")}</Badge>
          </Show>
        </p>
        <p class={styles.used}>
          {used()} · {t("settings.deviceSince", { date: formatDay(props.device.createdAtMs) })}
        </p>
      </div>
      <Show when={!props.device.isThis}>
        <Button
          size="sm"
          busy={props.busy}
          aria-label={t("settings.deviceEndNamed", { device: name() })}
          onClick={() => props.onEnd()}
        >
          {t("settings.deviceEnd")}
        </Button>
      </Show>
    </li>
  );
}

function Waiting(): JSX.Element {
  return (
    <div class={styles.list}>
      <Skeleton height="3.25rem" />
      <Skeleton height="3.25rem" />
    </div>
  );
}
