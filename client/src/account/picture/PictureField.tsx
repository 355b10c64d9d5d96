import { createSignal, onCleanup, Show, type JSX } from "solid-js";
import { api, type User } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { useSignIn } from "../../api/SignIn.tsx";
import { usePicture } from "../../api/usePicture.ts";
import type { TextKey } from "../../i18n/catalogue.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import type { Square } from "./crop.ts";
import { CropDialog } from "./CropDialog.tsx";
import { encodePicture } from "./encodePicture.ts";
import styles from "./PictureField.module.css";

/** Beyond this, phones give up opening it. */
const maxFileBytes = 40 * 1024 * 1024;

/** The person's own picture: chosen, cut to a square, made small here, and only then sent. */
export function PictureField(props: { readonly user: User }): JSX.Element {
  const { t } = useI18n();
  const { changeUser } = useSignIn();
  const toasts = useToasts();
  const problemText = useProblemText();
  const address = usePicture(() => props.user.picture);
  const [opened, setOpened] = createSignal<ImageBitmap>();
  const [fault, setFault] = createSignal<TextKey>();
  const [problem, setProblem] = createSignal<unknown>();
  const [busy, setBusy] = createSignal(false);
  let input: HTMLInputElement | undefined;

  const close = (): void => {
    setOpened((picture) => {
      picture?.close();
      return undefined;
    });
  };
  onCleanup(close);
  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setProblem(undefined);
    setFault(file.size > maxFileBytes ? "settings.pictureTooBig" : undefined);
    if (file.size > maxFileBytes) return;
    try {
      setOpened(await createImageBitmap(file));
    } catch {
      setFault("settings.pictureUnreadable");
    }
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error);
      if (opened() === undefined) toasts.show({ text: problemText(error), tone: "danger" });
    } finally {
      setBusy(false);
    }
  };
  const use = (square: Square): void => {
    const picture = opened();
    const { user } = props;
    if (picture === undefined) return;
    void attempt(async () => {
      const { id } = await storePicture(await encodePicture(picture, square));
      changeUser({ ...user, picture: id });
      close();
      toasts.show({ text: t("settings.pictureSaved"), tone: "success" });
    });
  };
  const remove = (): void => {
    const { user } = props;
    void attempt(async () => {
      await dataOf(api.DELETE("/api/me/picture"));
      changeUser({ ...user, picture: null });
      toasts.show({ text: t("settings.pictureRemoved"), tone: "success" });
    });
  };

  return (
    <div class={styles.field}>
      <Avatar id={props.user.id} name={props.user.name} picture={address()} size="xl" />
      <div class={styles.words}>
        <p class={styles.text}>{t("settings.pictureText")}</p>
        <div class={styles.buttons}>
          <Button onClick={() => input?.click()}>
            {props.user.picture === null
              ? t("settings.pictureChoose")
              : t("settings.pictureChange")}
          </Button>
          <Show when={props.user.picture !== null}>
            <Button variant="quiet" busy={busy()} onClick={remove}>
              {t("settings.pictureRemove")}
            </Button>
          </Show>
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
            void open(currentTarget.files?.[0]).finally(() => (currentTarget.value = ""));
          }}
        />
        <Show when={fault()}>
          {(key) => (
            <Banner tone="danger" announce="alert">
              {t(key())}
            </Banner>
          )}
        </Show>
      </div>
      <Show when={opened()} keyed>
        {(picture) => (
          <CropDialog
            picture={picture}
            busy={busy()}
            problem={problem()}
            onUse={use}
            onClose={close}
          />
        )}
      </Show>
    </div>
  );
}

function storePicture(picture: Blob): Promise<{ readonly id: string }> {
  return dataOf(
    api.PUT("/api/me/picture", {
      // The schema says "binary"; the bytes go out as they are.
      body: picture as unknown as string,
      bodySerializer: (body) => body,
      headers: { "Content-Type": picture.type },
    }),
  );
}
