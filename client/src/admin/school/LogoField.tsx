import { createSignal, onCleanup, Show, type JSX } from "solid-js";
import { ApiProblem } from "../../api/ApiProblem.ts";
import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { encodeLogo } from "./encodeLogo.ts";
import type { School } from "./school.ts";
import styles from "./LogoField.module.css";

export interface LogoFieldProps {
  readonly school: School;
  /** The logo's new id; null when it was taken away. */
  readonly onChange: (logo: string | null) => void;
}

/** Beyond this, phones give up opening it. */
const maxFileBytes = 40 * 1024 * 1024;

interface Chosen {
  readonly file: Blob;
  readonly address: string;
}

/** The school's logo: chosen, made small here, looked at, and only then sent. */
export function LogoField(props: LogoFieldProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [chosen, setChosen] = createSignal<Chosen>();
  const [fault, setFault] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  let input: HTMLInputElement | undefined;

  const forget = (): void => {
    setChosen((before) => {
      if (before) URL.revokeObjectURL(before.address);
      return undefined;
    });
  };
  onCleanup(forget);
  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setFault(undefined);
    forget();
    try {
      setChosen(await readLogo(file));
    } catch (error) {
      setFault(error instanceof ApiProblem ? problemText(error) : t("school.logoUnreadable"));
    }
  };
  const attempt = async (work: () => Promise<string | null>): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    setFault(undefined);
    try {
      props.onChange(await work());
      forget();
    } catch (error) {
      setFault(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  const remove = async (): Promise<null> => {
    await dataOf(api.DELETE("/api/school/logo"));
    return null;
  };
  const shown = (): string | undefined => {
    const { slug, logo } = props.school;
    return chosen()?.address ?? (logo === null ? undefined : `/api/schools/${slug}/logo?v=${logo}`);
  };

  return (
    <div class={styles.field} role="group" aria-label={t("school.logo")}>
      <p class={styles.label}>{t("school.logo")}</p>
      <div class={styles.line}>
        <div class={styles.tile}>
          <Show when={shown()} fallback={<span class={styles.none}>{t("school.logoNone")}</span>}>
            {(address) => <img class={styles.logo} src={address()} alt={t("school.logo")} />}
          </Show>
        </div>
        <div class={styles.words}>
          <p class={styles.hint}>{chosen() ? t("school.logoPreview") : t("school.logoHint")}</p>
          <div class={styles.buttons}>
            <Show
              when={chosen()}
              fallback={
                <>
                  <Button onClick={() => input?.click()}>
                    {props.school.logo === null ? t("school.logoChoose") : t("school.logoOther")}
                  </Button>
                  <Show when={props.school.logo !== null}>
                    <Button variant="quiet" busy={busy()} onClick={() => void attempt(remove)}>
                      {t("school.logoRemove")}
                    </Button>
                  </Show>
                </>
              }
            >
              {(logo) => (
                <>
                  <Button
                    variant="primary"
                    busy={busy()}
                    onClick={() => void attempt(() => sendLogo(logo().file))}
                  >
                    {t("school.logoUse")}
                  </Button>
                  <Button variant="quiet" onClick={forget}>
                    {t("common.cancel")}
                  </Button>
                </>
              )}
            </Show>
          </div>
        </div>
      </div>
      <input
        ref={(element) => (input = element)}
        class={styles.file}
        type="file"
        accept="image/*"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const { currentTarget } = event;
          void choose(currentTarget.files?.[0]).finally(() => (currentTarget.value = ""));
        }}
      />
      <Show when={fault()}>
        <Banner tone="danger" announce="alert">
          {fault()}
        </Banner>
      </Show>
    </div>
  );
}

/** Rejects when the file is no picture that this browser can open, or cannot be made small. */
async function readLogo(file: File): Promise<Chosen> {
  if (file.size > maxFileBytes) throw new Error("The file is too large to be opened.");
  const picture = await createImageBitmap(file);
  try {
    const logo = await encodeLogo(picture);
    return { file: logo, address: URL.createObjectURL(logo) };
  } finally {
    picture.close();
  }
}

async function sendLogo(logo: Blob): Promise<string> {
  const { id } = await dataOf(
    api.PUT("/api/school/logo", {
      // The schema says "binary"; the bytes go out as they are.
      body: logo as unknown as string,
      bodySerializer: (body) => body,
      headers: { "Content-Type": logo.type },
    }),
  );
  return id;
}
