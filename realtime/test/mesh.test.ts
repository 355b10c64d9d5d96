import { limits, type SessionId } from "@darasa/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestClient } from "./support/testClient.ts";
import type { TestPerson } from "./support/testSchool.ts";

let school: LocalSchool;
beforeEach(async () => {
  school = await startLocalSchool();
});
afterEach(() => school.stop());

const room = () => school.room;

async function enterMesh(person: TestPerson): Promise<TestClient> {
  const client = await school.enter(person);
  await client.acked({ type: "joinMesh", room: room() });
  return client;
}

function sessionOf(client: TestClient): SessionId {
  return client.all("welcome")[0]?.sessionId as SessionId;
}

test("[V1] six fit, the seventh is told so, and a place that is left is free", async () => {
  const { teacher, students, guest } = school;
  const six = await Promise.all([teacher, ...students.slice(0, 5)].map(enterMesh));
  expect(six).toHaveLength(limits.maxMeshMembers);
  const seventh = await school.enter(guest);
  const joinMesh = { type: "joinMesh", room: room() } as const;
  expect(await seventh.refused(joinMesh)).toBe("mesh_full");
  // Who is in it already takes their own place again.
  const secondTab = await school.enter(teacher);
  expect((await secondTab.acked(joinMesh)).members).toHaveLength(5);
  await six[1]?.acked({ type: "leaveMesh", room: room() });
  expect((await seventh.acked(joinMesh)).members).toHaveLength(5);
  expect(
    await six[1]?.refused({ type: "sendSignal", room: room(), to: sessionOf(seventh), signal: {} }),
  ).toBe("not_found");
});

test("[V1] who asks twice is in it once, and nobody hears of leaving", async () => {
  const [teacher, student] = [await enterMesh(school.teacher), await enterMesh(school.students[0])];
  const again = await student.acked({ type: "joinMesh", room: room() });
  expect(again.members.map(({ sessionId }) => sessionId)).toEqual([sessionOf(teacher)]);
  // What was told before is there when the answer to a later question is.
  await teacher.acked({ type: "raiseHand", room: room() });
  await student.acked({ type: "raiseHand", room: room() });
  expect([...teacher.all("meshLeft"), ...student.all("meshLeft")]).toEqual([]);
  expect(teacher.all("meshJoined")).toHaveLength(1);
});

test("[V3] a signal of the maximum size is relayed as it is, one byte more is too large", async () => {
  const [one, two] = [await enterMesh(school.teacher), await enterMesh(school.students[0])];
  const signal = (bytes: number) => {
    const empty = JSON.stringify({ description: { type: "offer", sdp: "" } }).length;
    return { description: { type: "offer", sdp: "é".repeat(1) + "x".repeat(bytes - empty - 2) } };
  };
  const send = { type: "sendSignal", room: room(), to: sessionOf(two) } as const;
  await one.acked({ ...send, signal: signal(limits.maxSignalBytes) });
  expect(await one.refused({ ...send, signal: signal(limits.maxSignalBytes + 1) })).toBe(
    "too_large",
  );
  expect((await two.next("signal")).signal).toEqual(signal(limits.maxSignalBytes));
  expect(two.all("signal")).toHaveLength(1);
});

test("[V1] who only looks at the room has no part in its mesh", async () => {
  const client = await school.connect(school.students[0]);
  await client.acked({ type: "joinRoom", room: room(), liveClass: null });
  expect(await client.refused({ type: "joinMesh", room: room() })).toBe("conflict");
});

test("[V2] a removed person leaves the mesh", async () => {
  const teacher = await enterMesh(school.teacher);
  const student = await enterMesh(school.students[0]);
  const { participantId: participant } = school.students[0];
  await teacher.acked({ type: "removeParticipant", room: room(), participant });
  const left = await teacher.next("meshLeft");
  expect(left.sessionId).toBe(sessionOf(student));
});

test("[V5] tracks show in presence, and are off when the session that carried them is gone", async () => {
  const { participantId } = school.students[0];
  const teacher = await school.enter(school.teacher);
  const carrier = await school.enter(school.students[0]);
  await school.enter(school.students[0]);
  const on = { microphone: true, camera: true, screen: false };
  await carrier.acked({ type: "setMedia", room: room(), ...on });
  const shows = (media: typeof on) =>
    teacher.next("presence", ({ present }) =>
      present.some(
        (one) =>
          one.participantId === participantId &&
          JSON.stringify(one.media) === JSON.stringify(media),
      ),
    );
  await shows(on);
  carrier.close();
  await shows({ microphone: false, camera: false, screen: false });
});
