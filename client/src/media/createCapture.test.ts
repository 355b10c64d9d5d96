import { describe, expect, it, vi } from "vitest";
import { createCapture } from "./createCapture.ts";

/** A device whose light a test can see. */
function fakeDevice() {
  const track = Object.assign(new EventTarget(), { stop: vi.fn() });
  return {
    track,
    stream: { getTracks: () => [track] } as unknown as MediaStream,
    unplug: () => track.dispatchEvent(new Event("ended")),
    isOpen: () => track.stop.mock.calls.length === 0,
  };
}

/** A device that takes until `finishOpening`. */
function slowOpening() {
  let finishOpening: (stream: MediaStream) => void = () => undefined;
  const opened = new Promise<MediaStream>((resolve) => (finishOpening = resolve));
  return { opened, finishOpening };
}

const camera = { keepOpen: false, endIsProblem: true };

describe("createCapture", () => {
  it("opens nothing before it is wanted", () => {
    const open = vi.fn();
    expect(createCapture({ ...camera, open }).track().state).toBe("off");
    expect(open).not.toHaveBeenCalled();
  });

  it("puts the light out when it is switched off", async () => {
    const device = fakeDevice();
    const capture = createCapture({ ...camera, open: () => Promise.resolve(device.stream) });
    await capture.set(true);
    expect(capture.track()).toEqual({ state: "on", stream: device.stream, problem: null });
    await capture.set(false);
    expect(capture.track().state).toBe("off");
    expect(device.isOpen()).toBe(false);
  });

  it("keeps a microphone open while muted, and is on again at once", async () => {
    const device = fakeDevice();
    const open = vi.fn(() => Promise.resolve(device.stream));
    const capture = createCapture({ keepOpen: true, endIsProblem: true, open });
    await capture.set(true);
    await capture.set(false);
    expect(capture.track().stream).toBeNull();
    expect(capture.input()).toBe(device.stream);
    await capture.set(true);
    expect(open).toHaveBeenCalledOnce();
  });

  it("lets go of a device that opens after it was switched off again", async () => {
    const device = fakeDevice();
    const { opened, finishOpening } = slowOpening();
    const capture = createCapture({ ...camera, open: () => opened });
    const starting = capture.set(true);
    await capture.set(false);
    finishOpening(device.stream);
    await starting;
    expect(capture.track().state).toBe("off");
    expect(device.isOpen()).toBe(false);
  });

  it("gives away what is on, which goes on as it is", async () => {
    const device = fakeDevice();
    const capture = createCapture({ ...camera, open: () => Promise.resolve(device.stream) });
    await capture.set(true);
    await expect(capture.handOver()).resolves.toBe(device.stream);
    capture.close();
    expect(capture.track().state).toBe("off");
    expect(device.isOpen()).toBe(true);
  });

  it("gives away what is just opening", async () => {
    const device = fakeDevice();
    const { opened, finishOpening } = slowOpening();
    const capture = createCapture({ ...camera, open: () => opened });
    const starting = capture.set(true);
    const given = capture.handOver();
    capture.close();
    finishOpening(device.stream);
    await starting;
    await expect(given).resolves.toBe(device.stream);
    expect(device.isOpen()).toBe(true);
  });

  it("has nothing to give away while it is off, or a second time", async () => {
    const device = fakeDevice();
    const capture = createCapture({ ...camera, open: () => Promise.resolve(device.stream) });
    expect(capture.handOver()).toBeNull();
    await capture.set(true);
    void capture.handOver();
    expect(capture.handOver()).toBeNull();
  });

  it("says why it could not be opened, and forgets it at the next try", async () => {
    const device = fakeDevice();
    const open = vi
      .fn<() => Promise<MediaStream>>()
      .mockRejectedValueOnce(new DOMException("denied", "NotAllowedError"))
      .mockResolvedValueOnce(device.stream);
    const capture = createCapture({ ...camera, open });
    await capture.set(true);
    expect(capture.track()).toEqual({ state: "off", stream: null, problem: "denied" });
    await capture.set(true);
    expect(capture.track()).toMatchObject({ state: "on", problem: null });
  });

  it("is off with a reason when the device is unplugged, and without one when sharing is stopped", async () => {
    for (const [endIsProblem, problem] of [
      [true, "ended"],
      [false, null],
    ] as const) {
      const device = fakeDevice();
      const open = (): Promise<MediaStream> => Promise.resolve(device.stream);
      const capture = createCapture({ keepOpen: false, endIsProblem, open });
      await capture.set(true);
      device.unplug();
      expect(capture.track()).toEqual({ state: "off", stream: null, problem });
    }
  });

  it("changes the device while it is on", async () => {
    const [first, second] = [fakeDevice(), fakeDevice()];
    const open = vi
      .fn<() => Promise<MediaStream>>()
      .mockResolvedValueOnce(first.stream)
      .mockResolvedValueOnce(second.stream);
    const capture = createCapture({ ...camera, open });
    await capture.set(true);
    await capture.reopen();
    expect(first.isOpen()).toBe(false);
    expect(capture.track().stream).toBe(second.stream);
  });

  it("opens nothing any more after it was closed", async () => {
    const device = fakeDevice();
    const open = vi.fn(() => Promise.resolve(device.stream));
    const capture = createCapture({ ...camera, open });
    await capture.set(true);
    capture.close();
    await capture.set(true);
    await capture.reopen();
    expect(device.isOpen()).toBe(false);
    expect(open).toHaveBeenCalledOnce();
  });
});
