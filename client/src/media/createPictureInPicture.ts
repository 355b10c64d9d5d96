import { createSignal, onCleanup, type Accessor } from "solid-js";

/** The picture that goes on beside other windows. */
export interface PictureInPicture {
  /** Is there a picture, and a browser that shows one beside the page? */
  readonly canOpen: Accessor<boolean>;
  /** The tile that is shown beside the page, or null. */
  readonly openTile: Accessor<string | null>;
  /** Opens or closes it; to be called from a press. A browser that refuses leaves things as they were. */
  readonly toggle: () => void;
  /** What is to be seen now: it follows who is large. */
  readonly setPicture: (picture: Picture | null) => void;
}

interface Picture {
  readonly tileId: string;
  readonly stream: MediaStream;
}

/** `documentPictureInPicture` of the Document Picture-in-Picture specification, which lib.dom does not have. */
interface WindowOpener {
  requestWindow(size: { readonly width: number; readonly height: number }): Promise<Window>;
}

const windowSize = { width: 426, height: 240 };

/** Closed, with nothing to show yet. Lives as long as its owner. */
export function createPictureInPicture(): PictureInPicture {
  const [picture, setPicture] = createSignal<Picture | null>(null);
  const [close, setClose] = createSignal<(() => void) | null>(null);
  const video = document.createElement("video");
  Object.assign(video, { muted: true, autoplay: true, playsInline: true });
  const opener = (window as { documentPictureInPicture?: WindowOpener }).documentPictureInPicture;
  const isPossible = opener !== undefined || document.pictureInPictureEnabled;

  const show = (): void => {
    const stream = picture()?.stream ?? null;
    if (video.srcObject === stream) return;
    video.srcObject = stream;
    video.play().catch(() => undefined);
  };
  const closed = (): void => {
    setClose(null);
    video.srcObject = null;
    video.remove();
  };
  const open = async (): Promise<void> => {
    show();
    try {
      const end = await (opener === undefined
        ? showVideo(video, closed)
        : showWindow(opener, video, closed));
      setClose(() => end);
    } catch {
      closed();
    }
  };
  onCleanup(() => close()?.());
  return {
    canOpen: () => isPossible && picture() !== null,
    openTile: () => (close() === null ? null : (picture()?.tileId ?? null)),
    toggle: () => {
      const end = close();
      if (end === null) void open();
      else end();
    },
    setPicture: (next) => {
      setPicture(next);
      if (close() !== null) show();
    },
  };
}

/** A window of its own, which stays on top. Resolves to what closes it. */
async function showWindow(
  opener: WindowOpener,
  video: HTMLVideoElement,
  onClosed: () => void,
): Promise<() => void> {
  const opened = await opener.requestWindow(windowSize);
  opened.document.body.style.cssText = "margin:0;background:#000;height:100vh";
  video.style.cssText = "width:100%;height:100%;object-fit:contain";
  opened.document.body.append(video);
  opened.addEventListener("pagehide", onClosed, { once: true });
  return () => opened.close();
}

/** The picture alone, where the browser has no such windows. Resolves to what closes it. */
async function showVideo(video: HTMLVideoElement, onClosed: () => void): Promise<() => void> {
  video.style.cssText = "position:fixed;width:1px;height:1px;opacity:0;pointer-events:none";
  document.body.append(video);
  if (video.readyState === HTMLMediaElement.HAVE_NOTHING)
    await new Promise((resolve) =>
      video.addEventListener("loadedmetadata", resolve, { once: true }),
    );
  await video.requestPictureInPicture();
  video.addEventListener("leavepictureinpicture", onClosed, { once: true });
  return () => void document.exitPictureInPicture();
}
