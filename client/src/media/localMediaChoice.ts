import type { ParticipantRole } from "@darasa/protocol";
import type { DeviceKind } from "./provider.ts";

/** What a person wants switched on when they enter, and by which devices. */
export interface LocalMediaChoice {
  readonly microphone: boolean;
  readonly camera: boolean;
  /** Device ids of this browser for this site; null for the system's own choice. */
  readonly devices: Readonly<Record<DeviceKind, string | null>>;
}

const storageKey = "darasa.media";
const systemDevices = { microphone: null, camera: null, speaker: null } as const;

type DeviceStorage = Pick<Storage, "getItem" | "setItem">;

/** This browser's storage, looked up at each use: where it is forbidden, looking it up throws. */
export const browserStorage: DeviceStorage = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, value),
};

/** Everything off, by the system's devices: *Join without camera and microphone*. */
export const silentChoice: LocalMediaChoice = {
  microphone: false,
  camera: false,
  devices: systemDevices,
};

/**
 * What this device chose last time, else the default of the role: a teacher is heard and seen, everybody
 * else enters silent, so that a class of forty does not begin with forty open microphones. A student's
 * microphone starts off whatever was chosen before; the camera is remembered.
 */
export function loadMediaChoice(
  storage: Pick<DeviceStorage, "getItem">,
  role: ParticipantRole,
): LocalMediaChoice {
  const isTeacher = role === "teacher";
  const stored = readStored(storage);
  return {
    microphone: isTeacher && (readBoolean(stored["microphone"]) ?? true),
    camera: readBoolean(stored["camera"]) ?? isTeacher,
    devices: {
      microphone: readId(stored["microphoneId"]),
      camera: readId(stored["cameraId"]),
      speaker: readId(stored["speakerId"]),
    },
  };
}

/** Remembers a choice on this device. Never throws: a browser without storage forgets. */
export function storeMediaChoice(
  storage: Pick<DeviceStorage, "setItem">,
  choice: LocalMediaChoice,
): void {
  const { microphone, camera, devices } = choice;
  const stored = {
    microphone,
    camera,
    microphoneId: devices.microphone,
    cameraId: devices.camera,
    speakerId: devices.speaker,
  };
  try {
    storage.setItem(storageKey, JSON.stringify(stored));
  } catch {
    // Storage that is full or forbidden costs a comfort, not the class.
  }
}

function readStored(storage: Pick<DeviceStorage, "getItem">): Partial<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(storage.getItem(storageKey) ?? "null");
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function readBoolean(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

function readId(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
