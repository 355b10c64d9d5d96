import { createEffect, createSignal, onCleanup, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ProblemBanner } from "../door/ProblemBanner.tsx";
import { cropSquare, maxZoom, moveCrop, startCrop, zoomCrop, type Square } from "./crop.ts";
import styles from "./CropDialog.module.css";

export interface CropDialogProps {
  readonly picture: ImageBitmap;
  readonly busy: boolean;
  readonly problem: unknown;
  readonly onUse: (square: Square) => void;
  readonly onClose: () => void;
}

/** Twice as many pixels as it measures, for fine screens. */
const canvasPx = 560;
const stepByKey = 0.05;
const moves: Readonly<Record<string, { readonly right: number; readonly down: number }>> = {
  ArrowLeft: { right: -stepByKey, down: 0 },
  ArrowRight: { right: stepByKey, down: 0 },
  ArrowUp: { right: 0, down: -stepByKey },
  ArrowDown: { right: 0, down: stepByKey },
};

/** Which square of a picture is shown: dragged, moved by arrow keys, made larger by a slider or a wheel. */
export function CropDialog(props: CropDialogProps): JSX.Element {
  const { t } = useI18n();
  // eslint-disable-next-line solid/reactivity -- another picture is another dialog
  const { picture } = props;
  const [crop, setCrop] = createSignal(startCrop(picture));
  const square = (): Square => cropSquare(picture, crop());
  const draw = (canvas: HTMLCanvasElement): void => {
    const context = canvas.getContext("2d");
    if (context === null) return;
    context.imageSmoothingQuality = "high";
    createEffect(() => {
      const { x, y, side } = square();
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(picture, x, y, side, side, 0, 0, canvas.width, canvas.height);
    });
  };
  const zoom = (wanted: number): void => void setCrop((now) => zoomCrop(picture, now, wanted));

  return (
    <Dialog
      title={t("settings.cropTitle")}
      description={t("settings.cropText")}
      size="sm"
      onClose={() => props.onClose()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>{t("common.cancel")}</Button>
          <Button variant="primary" busy={props.busy} onClick={() => props.onUse(square())}>
            {t("settings.cropUse")}
          </Button>
        </>
      }
    >
      <div class={styles.body}>
        <ProblemBanner problem={props.problem} />
        <canvas
          ref={(canvas) => {
            draw(canvas);
            dragWith(canvas, (moved) => setCrop((now) => moveCrop(picture, now, moved)));
            canvas.addEventListener("wheel", (event) => {
              event.preventDefault();
              zoom(crop().zoom * (event.deltaY < 0 ? 1.08 : 1 / 1.08));
            });
          }}
          class={styles.canvas}
          width={canvasPx}
          height={canvasPx}
          tabIndex={0}
          role="application"
          aria-label={t("settings.cropArea")}
          onKeyDown={(event) => {
            const moved = moves[event.key];
            if (moved === undefined) return;
            event.preventDefault();
            setCrop((now) => moveCrop(picture, now, moved));
          }}
        />
        <div class={styles.below}>
          <label class={styles.zoom}>
            <span>{t("settings.cropZoom")}</span>
            <input
              type="range"
              min={1}
              max={maxZoom}
              step={0.02}
              value={crop().zoom}
              onInput={(event) => zoom(event.currentTarget.valueAsNumber)}
            />
          </label>
          <figure class={styles.preview}>
            <canvas ref={draw} class={styles.small} width={112} height={112} aria-hidden="true" />
            <figcaption>{t("settings.cropPreview")}</figcaption>
          </figure>
        </div>
      </div>
    </Dialog>
  );
}

/** Tells how far one pointer drags, in parts of the element's width. */
function dragWith(
  element: HTMLElement,
  onMove: (moved: { readonly right: number; readonly down: number }) => void,
): void {
  let dragging: PointerEvent | undefined;
  const listeners = new AbortController();
  const options = { signal: listeners.signal };
  const down = (event: PointerEvent): void => {
    dragging = event;
    element.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    if (dragging?.pointerId !== event.pointerId) return;
    const right = (event.clientX - dragging.clientX) / element.clientWidth;
    const below = (event.clientY - dragging.clientY) / element.clientWidth;
    dragging = event;
    onMove({ right, down: below });
  };
  const up = (): void => void (dragging = undefined);
  element.addEventListener("pointerdown", down, options);
  element.addEventListener("pointermove", move, options);
  element.addEventListener("pointerup", up, options);
  element.addEventListener("pointercancel", up, options);
  onCleanup(() => listeners.abort());
}
