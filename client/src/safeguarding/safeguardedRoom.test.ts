import { expect, test } from "vitest";
import { nameOfRoom, type SafeguardedRoom } from "./safeguardedRoom.ts";

const talk: SafeguardedRoom = {
  id: "room",
  kind: "direct",
  name: "",
  members: ["Amina Juma", "Baraka Mushi"],
  memberCount: 2,
  lastSeq: 3,
  lastSentAtMs: 1,
  archived: false,
};

test("a talk is called by who talks, also when one or both are gone", () => {
  expect(nameOfRoom(talk, "Private talk")).toBe("Amina Juma – Baraka Mushi");
  expect(nameOfRoom({ ...talk, members: ["Amina Juma"] }, "Private talk")).toBe("Amina Juma");
  expect(nameOfRoom({ ...talk, members: [] }, "Private talk")).toBe("Private talk");
  expect(nameOfRoom({ ...talk, kind: "group", name: "Chess" }, "Private talk")).toBe("Chess");
});
