/** Devices that the screen before has open, or is opening: each is taken once, or let go. */
export interface OpenDevices {
  /** That device, which becomes the caller's own; null where it is not open, or was taken before. */
  readonly take: (kind: HandedOver) => Promise<MediaStream> | null;
  /** Lets go of what nobody took; nothing can be taken any more. */
  readonly close: () => void;
}

export type HandedOver = "microphone" | "camera";

/** Nothing is open. */
export const noOpenDevices: OpenDevices = { take: () => null, close: () => undefined };

/** Owns what it is given until that is taken. */
export function holdDevices(
  given: Readonly<Record<HandedOver, Promise<MediaStream> | null>>,
): OpenDevices {
  const held = { ...given };
  const take = (kind: HandedOver): Promise<MediaStream> | null => {
    const device = held[kind];
    held[kind] = null;
    return device;
  };
  return {
    take,
    close: () => {
      for (const kind of ["microphone", "camera"] as const)
        // What could not be opened need not be closed.
        take(kind)?.then(stopAll, () => undefined);
    },
  };
}

/** Lets go of the device behind it. */
export function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
