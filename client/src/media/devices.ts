import type { DeviceKind } from "./provider.ts";

/** One way in or out of the computer. */
export interface MediaDevice {
  readonly deviceId: string;
  /** What the system calls it; empty until the person has let the page use such a device. */
  readonly label: string;
}

export type DeviceLists = Readonly<Record<DeviceKind, readonly MediaDevice[]>>;

/** A thing that was plugged in: a headset is a microphone and a speaker at once. */
export interface NewDevice {
  readonly label: string;
  /** Which choices it offers. */
  readonly devices: Readonly<Partial<Record<DeviceKind, string>>>;
}

type ListedDevice = Pick<MediaDeviceInfo, "deviceId" | "groupId" | "kind" | "label">;

export const noDevices: DeviceLists = { microphone: [], camera: [], speaker: [] };

const kindNames: Readonly<Record<MediaDeviceKind, DeviceKind>> = {
  audioinput: "microphone",
  videoinput: "camera",
  audiooutput: "speaker",
};

/** Chromium lists the system's choice once more under these ids; ours for it is null. */
const aliases: ReadonlySet<string> = new Set(["", "default", "communications"]);

/** What can be chosen. Devices that the browser does not name yet cannot, so they are left out. */
export function listDevices(found: readonly ListedDevice[]): DeviceLists {
  const ofKind = (kind: DeviceKind): readonly MediaDevice[] =>
    realDevices(found)
      .filter((device) => kindNames[device.kind] === kind)
      .map(({ deviceId, label }) => ({ deviceId, label }));
  return { microphone: ofKind("microphone"), camera: ofKind("camera"), speaker: ofKind("speaker") };
}

/**
 * The thing that is in `after` and was not in `before`, or null. Devices that only got their names, because
 * the person has just permitted them, were there before.
 */
export function findNewDevice(
  before: readonly ListedDevice[],
  after: readonly ListedDevice[],
): NewDevice | null {
  if (realDevices(before).length === 0) return null;
  const known = new Set(before.map((device) => device.deviceId));
  const added = realDevices(after).filter((device) => !known.has(device.deviceId));
  const first = added[0];
  if (first === undefined) return null;
  const together = added.filter((device) => device.groupId === first.groupId);
  const devices: Partial<Record<DeviceKind, string>> = {};
  for (const device of together) devices[kindNames[device.kind]] ??= device.deviceId;
  return { label: first.label, devices };
}

/**
 * Calls `onLists` with what is there now and after every change, and `onNew` when something was plugged in,
 * until the returned function is called. Silent where the browser gives out no devices.
 */
export function watchDevices(
  mediaDevices: MediaDevices | undefined,
  { onLists, onNew }: WatchOptions,
): DeviceWatch {
  let before: readonly ListedDevice[] = [];
  let isOver = false;
  const look = async (): Promise<void> => {
    const found = (await mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    if (isOver) return;
    const plugged = findNewDevice(before, found);
    before = found;
    onLists(listDevices(found));
    if (plugged !== null) onNew(plugged);
  };
  const changed = (): void => void look();
  mediaDevices?.addEventListener("devicechange", changed);
  changed();
  return {
    lookAgain: changed,
    stop: () => {
      isOver = true;
      mediaDevices?.removeEventListener("devicechange", changed);
    },
  };
}

interface WatchOptions {
  readonly onLists: (lists: DeviceLists) => void;
  readonly onNew: (device: NewDevice) => void;
}

export interface DeviceWatch {
  /** To be called after a device was opened: names are given out from then on, without an event. */
  readonly lookAgain: () => void;
  readonly stop: () => void;
}

function realDevices(found: readonly ListedDevice[]): readonly ListedDevice[] {
  return found.filter((device) => device.label !== "" && !aliases.has(device.deviceId));
}
