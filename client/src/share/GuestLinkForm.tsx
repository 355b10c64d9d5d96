import { limits } from "@darasa/protocol";
import Link from "lucide-solid/icons/link";
import { createSignal, Show, type JSX } from "solid-js";
import { api, type GuestLink } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { Select } from "../ui/Select.tsx";
import { Switch } from "../ui/Switch.tsx";
import { TextField } from "../ui/TextField.tsx";
import { CopyLine } from "./CopyLine.tsx";
import styles from "./ShareDialog.module.css";

export interface GuestLinkFormProps {
  readonly liveClassId: string;
  /** The school holds guests in a waiting room: a link may spare it. */
  readonly hasWaitingRoom: boolean;
}

interface MadeLink extends GuestLink {
  readonly name: string;
}

const hoursOfDay = 24;
const choices = [2, hoursOfDay, 7 * hoursOfDay] as const;

/** Makes a link for one guest, to be sent to them alone. */
export function GuestLinkForm(props: GuestLinkFormProps): JSX.Element {
  const { t, formatDate, formatTime } = useI18n();
  const problemText = useProblemText();
  const [name, setName] = createSignal("");
  const [hours, setHours] = createSignal<number>(choices[0]);
  const [isWaitSpared, setIsWaitSpared] = createSignal(true);
  const [isBusy, setIsBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const [made, setMade] = createSignal<MadeLink>();

  const hoursText = (count: number): string =>
    count < hoursOfDay
      ? t("share.hours", { count })
      : t("share.days", { count: count / hoursOfDay });
  const madeText = ({ name: whom, expiresAtMs }: MadeLink): string => {
    const time = `${formatDate(expiresAtMs)}, ${formatTime(expiresAtMs)}`;
    return whom === "" ? t("share.made", { time }) : t("share.madeFor", { name: whom, time });
  };

  async function make(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy()) return;
    setIsBusy(true);
    setProblem(undefined);
    const whom = name().trim();
    const body = {
      expiresInHours: hours(),
      skipWaitingRoom: isWaitSpared(),
      ...(whom === "" ? {} : { name: whom }),
    };
    const params = { path: { id: props.liveClassId } };
    try {
      const link = await dataOf(api.POST("/api/live-classes/{id}/guest-links", { params, body }));
      setMade({ ...link, name: whom });
      setName("");
    } catch (error) {
      setProblem(problemText(error));
    }
    setIsBusy(false);
  }

  return (
    <form class={styles.linkForm} noValidate onSubmit={(event) => void make(event)}>
      <TextField
        label={t("share.personalName")}
        hint={t("share.personalNameHint")}
        autocomplete="off"
        maxLength={limits.maxNameLength}
        value={name()}
        onInput={setName}
      />
      <Select
        label={t("share.expires")}
        options={choices.map((count) => ({ value: String(count), label: hoursText(count) }))}
        value={String(hours())}
        onChange={(value) => setHours(Number(value))}
      />
      <Show when={props.hasWaitingRoom}>
        <Switch label={t("share.skip")} checked={isWaitSpared()} onChange={setIsWaitSpared} />
      </Show>
      <Show when={problem()}>
        {(text) => (
          <Banner tone="danger" announce="alert">
            {text()}
          </Banner>
        )}
      </Show>
      <Button type="submit" icon={<Link />} busy={isBusy()}>
        {t("share.make")}
      </Button>
      <div role="status">
        <Show when={made()}>
          {(link) => <CopyLine label={madeText(link())} text={link().url} />}
        </Show>
      </div>
    </form>
  );
}
