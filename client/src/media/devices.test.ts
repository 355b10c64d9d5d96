import { describe, expect, it } from "vitest";
import { findNewDevice, listDevices } from "./devices.ts";

interface Found {
  deviceId: string;
  groupId: string;
  kind: MediaDeviceKind;
  label: string;
}
const laptop: Found[] = [
  { deviceId: "default", groupId: "g1", kind: "audioinput", label: "Default - Built-in" },
  { deviceId: "m1", groupId: "g1", kind: "audioinput", label: "Built-in" },
  { deviceId: "c1", groupId: "g2", kind: "videoinput", label: "Camera" },
  { deviceId: "s1", groupId: "g1", kind: "audiooutput", label: "Speakers" },
];
const headset: Found[] = [
  { deviceId: "m2", groupId: "g3", kind: "audioinput", label: "USB headset" },
  { deviceId: "s2", groupId: "g3", kind: "audiooutput", label: "USB headset" },
];
const unnamed = laptop.map((device) => ({ ...device, deviceId: "", label: "" }));

describe("listDevices", () => {
  it("lists each device once, without the browser's alias of the system's choice", () => {
    expect(listDevices(laptop)).toEqual({
      microphone: [{ deviceId: "m1", label: "Built-in" }],
      camera: [{ deviceId: "c1", label: "Camera" }],
      speaker: [{ deviceId: "s1", label: "Speakers" }],
    });
  });

  it("offers no choice between devices without names", () => {
    expect(listDevices(unnamed)).toEqual({ microphone: [], camera: [], speaker: [] });
  });
});

describe("findNewDevice", () => {
  it("takes a headset for one thing with two uses", () => {
    expect(findNewDevice(laptop, [...laptop, ...headset])).toEqual({
      label: "USB headset",
      devices: { microphone: "m2", speaker: "s2" },
    });
  });

  it("does not take the first sight of names for something new", () => {
    expect(findNewDevice(unnamed, laptop)).toBeNull();
    expect(findNewDevice([], laptop)).toBeNull();
  });

  it("says nothing when something was unplugged", () => {
    expect(findNewDevice([...laptop, ...headset], laptop)).toBeNull();
  });
});
