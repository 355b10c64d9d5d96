import { RoomLog } from "../client.mjs";
import { holds, same } from "./expect.mjs";

const said = (room, body, id) => ({ type: "sendMessage", room, body, ...(id ? { id } : {}) });
const upTo = (last) => Array.from({ length: last }, (_, index) => index + 1);
const seqsOf = (messages) => messages.map(({ seq }) => seq);

/** Joins, and resolves once the replay is done with where it began: at the ack. */
async function joinSince(connection, join, since) {
  const ack = await connection.ask({ ...join, since });
  same(ack.type, "ack", "the answer to joinRoom");
  const from = connection.heard.indexOf(ack);
  await connection.next(({ type, done }) => type === "replay" && done, from);
  return from;
}

const replay = {
  "R1 seq is 1, 2, 3 … whoever writes at the same time": async (school) => {
    const { teacher, student, other, join, room } = school.place();
    const people = await Promise.all([teacher, student, other].map(school.connect));
    for (const each of people) await each.done(join);
    const acks = people.flatMap((each) => upTo(8).map((n) => each.done(said(room, `${n}`))));
    const seqs = seqsOf(await Promise.all(acks)).sort((a, b) => a - b);
    same(seqs, upTo(24));
    for (const each of people) {
      await each.until(() => each.all("chatMessage").length === 24);
      const log = new RoomLog().take(each.heard, room);
      same([log.lastSeq, log.faults], [24, []]);
    }
  },
  "R2 joinRoom tells role, head, permissions and who is there": async (school) => {
    const { student, join } = school.place();
    const connection = await school.connect(student);
    const ack = await connection.done(join);
    same([ack.role, ack.headSeq, ack.firstSeq, ack.count], ["student", 0, 1, 1]);
    same(Object.keys(ack.permissions).sort(), ["chatLocked", "drawing"]);
    same(
      ack.participants.map(({ name }) => name),
      [student.name],
    );
  },
  "R2 nobody joins a room that is not theirs": async (school) => {
    const { student } = school.place();
    const connection = await school.connect(student);
    same(await connection.refused(school.place().join), "not_found");
  },
  "R3 without since the newest 50 come with the ack": async (school) => {
    const { student, join, fill } = school.place();
    await fill(60);
    const connection = await school.connect(student);
    const { recent, headSeq } = await connection.done(join);
    same([headSeq, recent.length, recent[0].seq, recent.at(-1).seq], [60, 50, 11, 60]);
    await connection.done({ type: "raiseHand", room: join.room });
    same(connection.all("replay"), []);
  },
  "R4 with since all follows in pages of 200, then what is live, without hole or duplicate": async (
    school,
  ) => {
    const { teacher, student, join, room, fill } = school.place();
    await fill(450);
    const writer = await school.connect(teacher);
    await writer.done(join);
    const reader = await school.connect(student);
    const writing = upTo(9).map((n) => writer.done(said(room, `${n}`)));
    const from = await joinSince(reader, join, 7);
    await Promise.all(writing);
    await reader.until(() => new RoomLog(7).take(reader.heard.slice(from), room).lastSeq >= 459);
    const pages = reader.all("replay");
    holds(
      pages.every(({ messages }) => messages.length <= 200),
      "pages have at most 200",
    );
    same(pages.map(({ done }) => done).filter(Boolean), [true]);
    holds(pages.at(-1).done, "the last page is done");
    const log = new RoomLog(7).take(reader.heard.slice(from), room);
    same([log.messages.length, log.faults], [452, []]);
  },
  "R4 an empty replay is done, too": async (school) => {
    const { student, join } = school.place();
    const connection = await school.connect(student);
    await joinSince(connection, join, 0);
    same(
      connection.all("replay").map(({ messages, done }) => [messages, done]),
      [[[], true]],
    );
  },
  "R5 joining again replaces the former join": async (school) => {
    const { student, join, room } = school.place();
    const connection = await school.connect(student);
    await connection.done(join);
    await connection.done(said(room, "first"));
    const from = await joinSince(connection, join, 0);
    await connection.done(said(room, "second"));
    await connection.until(
      () => new RoomLog().take(connection.heard.slice(from), room).lastSeq === 2,
    );
    same(new RoomLog().take(connection.heard.slice(from), room).faults, []);
  },
  "R6 a head comes at least every 10 s": async (school) => {
    const { student, join, fill } = school.place();
    await fill(3);
    const connection = await school.connect(student);
    await connection.done(join);
    const { seq } = await connection.until(() => connection.all("head")[0], 10_500);
    same(seq, 3);
  },
};

const messages = {
  "M1 an acked message is there for whoever comes after": async (school) => {
    const { teacher, student, join, room } = school.place();
    const writer = await school.connect(student);
    await writer.done(join);
    const { seq, messageId, sentAtMs } = await writer.done(said(room, "Is x = 4?", "c-81"));
    const reader = await school.connect(teacher);
    const { recent } = await reader.done(join);
    const { participantId: senderId, name: senderName } = student;
    const body = "Is x = 4?";
    same(recent, [{ seq, messageId, clientId: "c-81", senderId, senderName, body, sentAtMs }]);
  },
  "M2 a resend is acked with the seq of the first, and makes no second": async (school) => {
    const { student, join, room } = school.place();
    const connections = await Promise.all([school.connect(student), school.connect(student)]);
    for (const each of connections) await each.done(join);
    const sends = connections.flatMap((each) =>
      upTo(3).map(() => each.ask(said(room, "once", "same"))),
    );
    const first = await Promise.race(sends);
    await connections[0].until(() => connections[0].all("chatMessage").length === 1);
    same((await connections[0].done(said(room, "again", "same"))).seq, first.result.seq);
    same((await connections[0].done(said(room, "next"))).seq, 2, "the next one's seq");
  },
  "M3 1 to 8,192 bytes, stored as they are": async (school) => {
    const { student, join, room } = school.place();
    const connection = await school.connect(student);
    await connection.done(join);
    same(await connection.refused(said(room, "é".repeat(4_096) + "x")), "too_large");
    same(await connection.refused(said(room, " \n\t ")), "bad_frame");
    same(await connection.refused(said(room, "")), "bad_frame");
    same(await connection.refused(said(room, "a\u0000b")), "bad_request");
    const bodies = [
      "é".repeat(4_096),
      "<img src=x onerror=alert(1)>",
      "\u202eabc\u200b",
      "a\ud800b",
    ];
    for (const body of bodies) await connection.done(said(room, body));
    await connection.until(() => connection.all("chatMessage").length === bodies.length);
    const stored = connection.all("chatMessage").map(({ body }) => body);
    same(stored, [...bodies.slice(0, 3), "a\ufffdb"]);
  },
  "M4 while the chat is locked only teachers write, until permissions say that it is not": async (
    school,
  ) => {
    const { teacher, student, join, room } = school.place();
    const [lead, pupil] = await Promise.all([teacher, student].map(school.connect));
    for (const each of [lead, pupil]) await each.done(join);
    await lead.done({ type: "setPermissions", room, chatLocked: true });
    same(await pupil.refused(said(room, "may I?")), "chat_locked");
    await lead.done(said(room, "listen"));
    await lead.done({ type: "setPermissions", room, chatLocked: false });
    await pupil.next(({ type, permissions }) => type === "permissions" && !permissions.chatLocked);
    await pupil.done(said(room, "thanks"));
  },
  "M7 who is no member any more gets not_found": async (school) => {
    const { student, join, room, expel } = school.place();
    const connection = await school.connect(student);
    await connection.done(join);
    await expel(student);
    same(await connection.refused(said(room, "still here?")), "not_found");
  },
};

/** What the rules R and M say. */
export const roomRules = { ...replay, ...messages };
