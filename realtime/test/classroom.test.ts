import { sql } from "@darasa/database";
import { closeReasons, type Participant, type ParticipantId } from "@darasa/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { signGatewayTicket } from "./support/signTicket.ts";
import { TestClient } from "./support/testClient.ts";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestPerson } from "./support/testSchool.ts";

let school: LocalSchool;
let teacher: TestClient;
let student: TestClient;
let baraka: TestPerson;
beforeEach(async () => {
  school = await startLocalSchool();
  [baraka] = school.students;
  teacher = await school.enter(school.teacher);
  student = await school.enter(baraka);
});
afterEach(() => school.stop());

/** The person as the teacher sees them now, after all presence events so far. */
function seen(client: TestClient, participantId: ParticipantId): Participant | undefined {
  let found: Participant | undefined;
  for (const message of client.messages) {
    if (message.type === "ack" && "participants" in message.result) {
      found = message.result.participants.find((each) => each.participantId === participantId);
    }
    if (message.type !== "presence") continue;
    found = message.present.find((each) => each.participantId === participantId) ?? found;
    if (message.gone.includes(participantId)) found = undefined;
  }
  return found;
}

const room = () => school.room;

describe("presence", () => {
  test("[P1] a person with two tabs is present once, until the last one leaves", async () => {
    const secondTab = await school.enter(baraka);
    student.close();
    await student.closed();
    await secondTab.acked({ type: "raiseHand", room: room() });
    await teacher.until(() => seen(teacher, baraka.participantId)?.handRaisedAtMs ?? undefined);
    for (const event of teacher.all("presence")) {
      expect(event.gone).not.toContain(baraka.participantId);
    }
    secondTab.close();
    await teacher.next("presence", ({ gone }) => gone.includes(baraka.participantId));
  });

  test("[P3] hands stand in the order in which they were raised; a teacher lowers all", async () => {
    const neema = school.students[1];
    const other = await school.enter(neema);
    await other.acked({ type: "raiseHand", room: room() });
    await student.acked({ type: "raiseHand", room: room() });
    const hand = (person: TestPerson) => seen(teacher, person.participantId)?.handRaisedAtMs;
    const [earlier, later] = await teacher.until(() => {
      const times = [hand(neema), hand(baraka)] as const;
      return times[0] && times[1] ? times : undefined;
    });
    expect(earlier).toBeLessThanOrEqual(later ?? 0);
    const lowerAll = { type: "lowerHand", room: room(), participant: null } as const;
    expect(await student.refused(lowerAll)).toBe("forbidden");
    await teacher.acked(lowerAll);
    await teacher.until(() => (hand(neema) === null && hand(baraka) === null ? true : undefined));
  });

  test("[P3] who comes back at once still has the hand up", async () => {
    await student.acked({ type: "raiseHand", room: room() });
    await teacher.until(() => seen(teacher, baraka.participantId)?.handRaisedAtMs ?? undefined);
    student.close();
    await teacher.next("presence", ({ gone }) => gone.includes(baraka.participantId));
    await school.enter(baraka);
    await teacher.until(() => seen(teacher, baraka.participantId)?.handRaisedAtMs ?? undefined);
  });
});

describe("[D4] only a teacher", () => {
  const commands = () => {
    const target = { room: room(), participant: school.teacher.participantId };
    return [
      { type: "setPermissions", room: room(), chatLocked: true },
      { type: "allowDrawing", ...target, allowed: true },
      { type: "muteParticipant", ...target, track: "microphone" },
      { type: "removeParticipant", ...target },
      { type: "setStage", room: room(), presenter: target.participant },
      { type: "allowSources", ...target, sources: [] },
      { type: "askToUnmute", ...target, track: "microphone" },
      { type: "lowerHand", ...target },
    ] as const;
  };

  test("moderates: students and guests are refused, and nothing changes", async () => {
    const guest = await school.enter(school.guest);
    for (const command of commands()) {
      expect(await student.refused(command), command.type).toBe("forbidden");
      expect(await guest.refused(command), command.type).toBe("forbidden");
    }
    await student.acked({ type: "sendMessage", room: room(), body: "still open" });
    expect(teacher.all("muted")).toEqual([]);
    expect(teacher.all("permissions")).toEqual([]);
  });

  test("[E4] a stranger finds nothing of it", async () => {
    const stranger = await school.connect(school.stranger);
    for (const command of commands()) {
      expect(await stranger.refused(command), command.type).toBe("not_found");
    }
  });
});

describe("locks", () => {
  test("[M4][P4] a locked chat refuses the very next message of a student, and says so to all", async () => {
    const lock = { type: "setPermissions", room: room(), chatLocked: true } as const;
    const message = { type: "sendMessage", room: room(), body: "too late" } as const;
    await teacher.acked(lock);
    expect(await student.refused(message)).toBe("chat_locked");
    await student.next("permissions", ({ permissions }) => permissions.chatLocked);
    await teacher.acked(message);
    const late = await school.connect(school.students[1]);
    const { liveClass } = school;
    const joined = await late.acked({ type: "joinRoom", room: room(), liveClass });
    expect(joined.permissions.chatLocked).toBe(true);
    await teacher.acked({ ...lock, chatLocked: false });
    await student.next("permissions", ({ permissions }) => !permissions.chatLocked);
    await student.acked(message);
  });

  test("[P4] one student may be allowed to draw, and no other", async () => {
    const participant = baraka.participantId;
    await teacher.acked({ type: "allowDrawing", room: room(), participant, allowed: true });
    await student.until(() => seen(student, participant)?.drawAllowed || undefined);
    const late = await school.enter(school.students[1]);
    expect(seen(late, participant)?.drawAllowed).toBe(true);
    expect(seen(late, school.students[1].participantId)?.drawAllowed).toBe(false);
    await teacher.acked({ type: "allowDrawing", room: room(), participant, allowed: false });
    await student.until(() => seen(student, participant)?.drawAllowed === false || undefined);
  });

  test("[E4] a person who is not in the class cannot be allowed anything", async () => {
    const participant = school.stranger.participantId;
    const command = { type: "allowDrawing", room: room(), participant, allowed: true } as const;
    expect(await teacher.refused(command)).toBe("not_found");
  });
});

test("[P5] a muted person is told by whom, and is shown as muted", async () => {
  const media = { microphone: true, camera: true, screen: false };
  await student.acked({ type: "setMedia", room: room(), ...media });
  await teacher.until(() => seen(teacher, baraka.participantId)?.media.microphone || undefined);
  const mute = { type: "muteParticipant", room: room(), track: "microphone" } as const;
  await teacher.acked({ ...mute, participant: baraka.participantId });
  expect(await student.next("muted")).toMatchObject({
    track: "microphone",
    byName: school.teacher.name,
  });
  await teacher.until(
    () => seen(teacher, baraka.participantId)?.media.microphone === false || undefined,
  );
  expect(seen(teacher, baraka.participantId)?.media.camera).toBe(true);
});

describe("[P6] a removed person", () => {
  test("leaves the room, and does not come back", async () => {
    const participant = baraka.participantId;
    await teacher.acked({ type: "removeParticipant", room: room(), participant });
    await student.next("removed");
    expect(await student.refused({ type: "sendMessage", room: room(), body: "hey" })).toBe(
      "not_found",
    );
    const { liveClass } = school;
    expect(await student.refused({ type: "joinRoom", room: room(), liveClass })).toBe("removed");
    await teacher.next("presence", ({ gone }) => gone.includes(participant));
  });

  test("who is a guest is disconnected", async () => {
    const guest = await school.enter(school.guest);
    const { participantId: participant } = school.guest;
    await teacher.acked({ type: "removeParticipant", room: room(), participant });
    expect(await guest.closed()).toBe(closeReasons.forbidden.code);
  });
});

describe("the stage", () => {
  const off = { microphone: false, camera: false, screen: false };
  const neema = () => school.students[1];
  const stageOf = (client: TestClient) => client.all("stage").at(-1)?.stage;

  test("[V8] begins with everybody's microphone and camera, and is told to all at every change", async () => {
    const before = { video: "mesh", presenter: null, spotlight: null, recording: null };
    const { stage } = await teacher.acked({
      type: "joinRoom",
      room: room(),
      liveClass: school.liveClass,
    });
    expect(stage).toEqual({ ...before, sources: ["microphone", "camera"] });
    const spotlight = neema().participantId;
    await teacher.acked({ type: "setStage", room: room(), spotlight, sources: ["microphone"] });
    const told = await student.next("stage");
    expect(told.stage).toEqual({ ...before, spotlight, sources: ["microphone"] });
    await teacher.acked({ type: "setStage", room: room(), spotlight: null });
    await student.until(() => (stageOf(student)?.spotlight === null ? true : undefined));
    expect(stageOf(student)?.sources).toEqual(["microphone"]);
  });

  test("[V8] who presents may share a screen and draw, until somebody else does", async () => {
    const screen = { type: "setMedia", room: room(), ...off, screen: true } as const;
    expect(await student.refused(screen)).toBe("forbidden");
    const presenter = baraka.participantId;
    await teacher.acked({ type: "setStage", room: room(), presenter });
    await student.until(() => seen(student, presenter)?.drawAllowed || undefined);
    await student.acked(screen);
    await teacher.acked({ type: "setStage", room: room(), presenter: null });
    const muted = await student.next("muted");
    expect(muted).toEqual({ type: "muted", room: room(), track: "screen", byName: null });
    await teacher.until(() =>
      seen(teacher, presenter)?.media.screen === false ? true : undefined,
    );
    await teacher.until(() => (seen(teacher, presenter)?.drawAllowed === false ? true : undefined));
    expect(await student.refused(screen)).toBe("forbidden");
  });

  test("[V8] who is removed presents no more, and is not shown large", async () => {
    const participant = baraka.participantId;
    const spotlight = neema().participantId;
    await teacher.acked({ type: "setStage", room: room(), presenter: participant, spotlight });
    await teacher.acked({ type: "removeParticipant", room: room(), participant });
    await teacher.until(() => stageOf(teacher)?.presenter === null || undefined);
    expect(stageOf(teacher)?.spotlight).toBe(spotlight);
    await teacher.acked({ type: "removeParticipant", room: room(), participant: spotlight });
    await teacher.until(() => stageOf(teacher)?.spotlight === null || undefined);
    const late = await school.connect(school.teacher);
    const { liveClass } = school;
    const { stage } = await late.acked({ type: "joinRoom", room: room(), liveClass });
    expect(stage).toMatchObject({ presenter: null, spotlight: null });
  });

  test("[V8] who presents and leaves comes back as presenter", async () => {
    const presenter = baraka.participantId;
    await teacher.acked({ type: "setStage", room: room(), presenter });
    student.close();
    await teacher.next("presence", ({ gone }) => gone.includes(presenter));
    const back = await school.connect(baraka);
    const { liveClass } = school;
    const { stage } = await back.acked({ type: "joinRoom", room: room(), liveClass });
    expect(stage).toMatchObject({ presenter });
    await back.acked({ type: "setMedia", room: room(), ...off, screen: true });
    await teacher.until(() => seen(teacher, presenter)?.drawAllowed || undefined);
  });

  test("[V9] what the class may not send any more goes off, but for whom the teacher lets", async () => {
    const other = await school.enter(neema());
    const speak = { type: "setMedia", room: room(), ...off, microphone: true } as const;
    await student.acked(speak);
    await other.acked(speak);
    const participant = neema().participantId;
    await teacher.acked({
      type: "allowSources",
      room: room(),
      participant,
      sources: ["microphone"],
    });
    await teacher.until(() => seen(teacher, participant)?.sources);
    await teacher.acked({ type: "setStage", room: room(), sources: [] });
    expect((await student.next("muted")).track).toBe("microphone");
    expect(await student.refused(speak)).toBe("forbidden");
    await other.acked(speak);
    expect(other.all("muted")).toEqual([]);
    await teacher.acked({ type: "allowSources", room: room(), participant, sources: null });
    expect((await other.next("muted")).byName).toBeNull();
  });

  test("[V8] nobody is put on it who is not in the class", async () => {
    const spotlight = school.stranger.participantId;
    expect(await teacher.refused({ type: "setStage", room: room(), spotlight })).toBe("not_found");
  });

  test("[P15] one person is asked to switch a track on, and nobody else hears of it", async () => {
    const other = await school.enter(neema());
    const participant = baraka.participantId;
    await teacher.acked({ type: "askToUnmute", room: room(), participant, track: "camera" });
    expect(await student.next("unmuteAsked")).toEqual({
      type: "unmuteAsked",
      room: room(),
      track: "camera",
      byName: school.teacher.name,
    });
    expect(other.all("unmuteAsked")).toEqual([]);
  });
});

test("what a teacher decides of others is written down with the act, and what is refused is not", async () => {
  const participant = baraka.participantId;
  await student.refused({ type: "setPermissions", room: room(), chatLocked: true });
  await teacher.acked({ type: "setPermissions", room: room(), chatLocked: true });
  await teacher.acked({ type: "removeParticipant", room: room(), participant });
  const { database, schoolId } = school.database;
  const acts = await database.inSchool(schoolId, (tx) =>
    tx.any(sql.type(
      z.object({ actor: z.string(), action: z.string(), subject: z.string(), locked: z.string() }),
    )`
      select actor_id as actor, action, subject_id as subject,
        coalesce(details ->> 'chatLocked', '') as locked
      from audit_events order by event_id`),
  );
  const actor = school.teacher.participantId;
  expect(acts).toEqual([
    { actor, action: "liveClass.permissionsSet", subject: school.liveClass, locked: "true" },
    { actor, action: "liveClass.participantRemoved", subject: participant, locked: "" },
  ]);
});

describe("[V] the mesh", () => {
  const signal = { description: { type: "offer", sdp: "v=0" } };

  test("[V1][V2][V3] introduces its members and relays between them only", async () => {
    const none = await teacher.acked({ type: "joinMesh", room: room() });
    expect(none.members).toEqual([]);
    const { members } = await student.acked({ type: "joinMesh", room: room() });
    expect(members.map(({ participantId }) => participantId)).toEqual([
      school.teacher.participantId,
    ]);
    const joined = await teacher.next("meshJoined");
    expect(joined.participantId).toBe(baraka.participantId);
    const to = joined.sessionId;
    await teacher.acked({ type: "sendSignal", room: room(), to, signal });
    expect((await student.next("signal")).signal).toEqual(signal);
    const outside = await school.enter(school.students[1]);
    expect(await outside.refused({ type: "sendSignal", room: room(), to, signal })).toBe(
      "not_found",
    );
    student.close();
    expect((await teacher.next("meshLeft")).sessionId).toBe(to);
    expect(await teacher.refused({ type: "sendSignal", room: room(), to, signal })).toBe(
      "not_found",
    );
  });

  test("[V1] a second session of the same person takes the place of the first", async () => {
    await student.acked({ type: "joinMesh", room: room() });
    const secondTab = await school.enter(baraka);
    const { members } = await secondTab.acked({ type: "joinMesh", room: room() });
    expect(members).toEqual([]);
    const [welcome] = student.all("welcome");
    const left = await student.next("meshLeft");
    expect(left.sessionId).toBe(welcome?.sessionId);
  });
});

test("[P4] what the teacher allowed is known to a node that never heard of it, and a drain ends well", async () => {
  const { participantId: participant } = baraka;
  await teacher.acked({ type: "allowDrawing", room: room(), participant, allowed: true });
  // The first one has no time for a farewell: what the other knows was stored before the ack.
  const { appUrl, writerUrl } = school.database;
  const { ticketKey, liveClass } = school;
  const other = await startLocalSchool({
    settings: () => Promise.resolve({ databaseUrl: appUrl, writerUrl, ticketKey }),
  });
  try {
    const ticket = await signGatewayTicket(ticketKey, baraka);
    const there = await TestClient.hello(other.gateway.port, ticket);
    await there.acked({ type: "joinRoom", room: room(), liveClass });
    expect(seen(there, participant)?.drawAllowed).toBe(true);
    const code = there.closed();
    await other.gateway.stop();
    expect(await code).toBe(closeReasons.shutdown.code);
  } finally {
    await other.stop();
  }
});
