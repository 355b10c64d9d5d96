import { comeBackAfter, waitBeforeMs } from "../client.mjs";
import { holds, same } from "./expect.mjs";

const said = (room, body, id) => ({ type: "sendMessage", room, body, ...(id ? { id } : {}) });

const commands = {
  "D1 each command gets exactly one answer": async (school) => {
    const { student, join, room } = school.place();
    const connection = await school.connect(student);
    await connection.done({ ...join, id: "a" });
    const asked = [
      { type: "raiseHand", room, id: "b" },
      { type: "nothing", room, id: "c" },
      { ...said(room, "once"), id: "d" },
    ];
    for (const command of asked) connection.sendFrame(JSON.stringify(command));
    await connection.done({ type: "leaveRoom", room, id: "e" });
    await connection.next(({ type, id }) => type === "ack" && id === "d");
    const answers = connection.heard.filter(({ type }) => type === "ack" || type === "error");
    same(answers.map(({ id }) => id).sort(), ["a", "b", "c", "d", "e"]);
  },
  "D2 the messages of one sender keep their order": async (school) => {
    const { student, join, room } = school.place();
    const connection = await school.connect(student);
    await connection.done(join);
    const acks = Array.from({ length: 10 }, (_, n) => connection.done(said(room, `line ${n}`)));
    const seqs = (await Promise.all(acks)).map(({ seq }) => seq);
    same(seqs, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await connection.until(() => connection.all("chatMessage").length === 10);
    same(
      connection.all("chatMessage").map(({ body }) => body),
      Array.from({ length: 10 }, (_, n) => `line ${n}`),
    );
  },
  "D3 a room that was not joined is not_found": async (school) => {
    const { student, room } = school.place();
    const connection = await school.connect(student);
    for (const type of ["leaveRoom", "raiseHand", "joinMesh"]) {
      same(await connection.refused({ type, room }), "not_found", type);
    }
    same(await connection.refused(said(room, "hello?")), "not_found", "sendMessage");
  },
  "D4 what is a teacher's is forbidden to students": async (school) => {
    const { student, teacher, join, room } = school.place();
    const connection = await school.connect(student);
    await connection.done(join);
    const participant = teacher.participantId;
    for (const command of [
      { type: "setPermissions", chatLocked: true },
      { type: "allowDrawing", participant, allowed: true },
      { type: "muteParticipant", participant, track: "microphone" },
      { type: "removeParticipant", participant },
      { type: "lowerHand", participant },
    ]) {
      same(await connection.refused({ ...command, room }), "forbidden", command.type);
    }
  },
  "D5 what passes needs no id, and then no answer but a refusal": async (school) => {
    const { student, join, room } = school.place();
    const connection = await school.connect(student);
    const typing = JSON.stringify({ type: "setTyping", room, typing: true });
    connection.sendFrame(typing);
    same((await connection.next(({ type }) => type === "error")).id, null);
    await connection.done(join);
    connection.sendFrame(typing);
    await connection.done({ type: "setTyping", room, typing: false });
    same(connection.all("error").length, 1, "the number of errors");
    same(connection.all("ack").length, 2, "the number of acks");
  },
};

const errors = {
  "E1 an error answers one command and keeps the session": async (school) => {
    const { student, join, room } = school.place();
    const connection = await school.connect(student);
    const error = await connection.ask({ type: "raiseHand", room });
    same([error.type, error.code, error.retryable], ["error", "not_found", false]);
    await connection.done(join);
  },
  "E2 what cannot be read is bad_frame, with the id where that could be read": async (school) => {
    const connection = await school.connect(school.place().student);
    for (const frame of ["", "null", "[]", "{", '{"t":1}', '"text"', '{"id":1}', "[".repeat(200)]) {
      const before = connection.heard.length;
      connection.sendFrame(frame);
      const error = await connection.next(({ type }) => type === "error", before);
      same([error.code, error.id], ["bad_frame", null], frame);
    }
    same(await connection.refused({ type: "joinRoom", room: "here" }), "bad_frame");
  },
  "E2 an id that D1 does not allow is answered with null": async (school) => {
    const { student, join } = school.place();
    const connection = await school.connect(student);
    await connection.done({ ...join, id: "x".repeat(64) });
    for (const id of ["", "x".repeat(65), 7, null]) {
      const before = connection.heard.length;
      connection.sendFrame(JSON.stringify({ ...join, id }));
      const error = await connection.next(({ type }) => type === "error", before);
      same([error.code, error.id], ["bad_frame", null], JSON.stringify(id));
    }
  },
  "E3 more than ten faults a minute close with 4400": async (school) => {
    const connection = await school.connect(school.place().student);
    for (let fault = 0; fault < 10; fault += 1) connection.sendFrame("}");
    await connection.until(() => connection.all("error").length === 10);
    connection.sendFrame("}");
    same(await connection.closed(), 4400);
  },
  "E4 another school's room is answered like one that does not exist": async (school) => {
    const { student, strangeRoom } = school.place();
    const connection = await school.connect(student);
    const ask = (room) => connection.ask({ type: "joinRoom", id: "x", room, liveClass: null });
    const nobodys = await ask(crypto.randomUUID());
    same(await ask(strangeRoom), nobodys);
    same(nobodys.code, "not_found");
  },
};

const limits = {
  "L1 ten messages at once, then rate_limited with retryAfterMs": async (school) => {
    const { student, join, room } = school.place();
    const connection = await school.connect(student);
    await connection.done(join);
    const asked = Array.from({ length: 14 }, (_, n) => connection.ask(said(room, `${n}`)));
    const refused = (await Promise.all(asked)).filter(({ type }) => type === "error");
    holds(refused.length >= 2 && refused.length <= 4, "about four of fourteen are refused");
    for (const { code, retryable, retryAfterMs } of refused) {
      same([code, retryable], ["rate_limited", true]);
      holds(retryAfterMs > 0 && retryAfterMs <= 2_000, "retryAfterMs is a short while");
    }
  },
  "L1 who goes on all the same is closed with 4429": async (school) => {
    const { student, join, room } = school.place();
    const connection = await school.connect(student);
    await connection.done(join);
    for (let n = 0; n < 400; n += 1) {
      connection.sendFrame(JSON.stringify({ ...said(room, `${n}`), id: `${n}` }));
    }
    same(await connection.closed(), 4429);
  },
  "L2 the eleventh session of a person closes the oldest with 4409": async (school) => {
    const { student } = school.place();
    const sessions = [];
    for (let n = 0; n < 11; n += 1) sessions.push(await school.connect(student));
    same(await sessions[0].closed(), 4409);
    same(sessions[1].closeCode, null, "the second");
    for (const session of sessions) session.close();
  },
};

const closes = {
  "C1 the table of closes says whether to come back": async () => {
    same([1001, 4403, 4401, 1006, 4999].map(comeBackAfter), ["yes", "no", "fresh", "yes", "yes"]);
  },
  "C2 coming back waits at most min(10 s, 0.3 s · 2^attempt)": async () => {
    same(
      [0, 1, 3, 9].map((attempt) => waitBeforeMs(attempt, () => 1)),
      [300, 600, 2_400, 10_000],
    );
    same(
      waitBeforeMs(5, () => 0),
      0,
    );
  },
};

/** What the rules D, E, L and C say. */
export const commandRules = { ...commands, ...errors, ...limits, ...closes };
