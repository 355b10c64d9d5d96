import { describe, expect, it } from "vitest";
import { loadMediaChoice, silentChoice, storeMediaChoice } from "./localMediaChoice.ts";

function memoryStorage(initial: string | null = null): Pick<Storage, "getItem" | "setItem"> {
  let stored = initial;
  return {
    getItem: () => stored,
    setItem: (_key, value) => {
      stored = value;
    },
  };
}

describe("loadMediaChoice", () => {
  it("lets a teacher enter heard and seen, and a student silent and unseen", () => {
    expect(loadMediaChoice(memoryStorage(), "teacher")).toMatchObject({
      microphone: true,
      camera: true,
    });
    for (const role of ["student", "guest"] as const)
      expect(loadMediaChoice(memoryStorage(), role)).toEqual(silentChoice);
  });

  it("remembers devices and camera", () => {
    const storage = memoryStorage();
    const choice = {
      microphone: false,
      camera: true,
      devices: { microphone: "m1", camera: "c1", speaker: "s1" },
    };
    storeMediaChoice(storage, choice);
    expect(loadMediaChoice(storage, "student")).toEqual(choice);
  });

  it("mutes a student who left the microphone on last time", () => {
    const storage = memoryStorage();
    storeMediaChoice(storage, { ...silentChoice, microphone: true });
    expect(loadMediaChoice(storage, "student").microphone).toBe(false);
    expect(loadMediaChoice(storage, "teacher").microphone).toBe(true);
  });

  it("takes anything unreadable for nothing stored", () => {
    for (const broken of ["{", "7", "null", '{"camera":"yes","cameraId":4}'])
      expect(loadMediaChoice(memoryStorage(broken), "student")).toEqual(silentChoice);
  });

  it("goes on when the browser stores nothing", () => {
    const storage = {
      setItem: () => {
        throw new Error("QuotaExceededError");
      },
    };
    expect(() => storeMediaChoice(storage, silentChoice)).not.toThrow();
  });
});
