import { describe, expect, it, vi } from "vitest";
import { holdDevices } from "./openDevices.ts";

function fakeStream() {
  const track = { stop: vi.fn() };
  return { track, stream: { getTracks: () => [track] } as unknown as MediaStream };
}

describe("holdDevices", () => {
  it("gives each device once", async () => {
    const { stream } = fakeStream();
    const opened = holdDevices({ microphone: null, camera: Promise.resolve(stream) });
    expect(opened.take("microphone")).toBeNull();
    await expect(opened.take("camera")).resolves.toBe(stream);
    expect(opened.take("camera")).toBeNull();
  });

  it("lets go of what nobody took, and of nothing else", async () => {
    const [microphone, camera] = [fakeStream(), fakeStream()];
    const opened = holdDevices({
      microphone: Promise.resolve(microphone.stream),
      camera: Promise.resolve(camera.stream),
    });
    await opened.take("camera");
    opened.close();
    await vi.waitFor(() => expect(microphone.track.stop).toHaveBeenCalledOnce());
    expect(camera.track.stop).not.toHaveBeenCalled();
    expect(opened.take("microphone")).toBeNull();
  });

  it("makes nothing of a device that could not be opened", async () => {
    const opened = holdDevices({
      microphone: null,
      camera: Promise.reject(new DOMException("no", "NotFoundError")),
    });
    opened.close();
    await vi.waitFor(() => expect(opened.take("camera")).toBeNull());
  });
});
