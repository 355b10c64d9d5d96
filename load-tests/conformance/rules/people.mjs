import { People } from "../client.mjs";
import { holds, same } from "./expect.mjs";

/** Joins all of them; each gets `people`, kept up to date by the events that follow. */
async function gather(school, join, persons) {
  const connections = [];
  for (const person of persons) {
    const connection = await school.connect(person);
    const { participants } = await connection.done(join);
    let heard = connection.heard.length;
    connection.people = () => {
      const people = new People(participants);
      // The ack itself stands before what changed after it.
      for (const message of connection.heard) if (message.type === "presence") people.take(message);
      return people;
    };
    connection.sees = (look) => connection.until(() => look(connection.people()), 3_000);
    holds(heard > 0, "the ack was heard");
    connections.push(connection);
  }
  return connections;
}

const namesOf = (...persons) => persons.map(({ name }) => name).sort();
const is = (found, wanted) => JSON.stringify(found) === JSON.stringify(wanted);

const presence = {
  "P1 a person is present once, from the first join to the last leave": async (school) => {
    const { teacher, student, join, room } = school.place();
    const [watcher, first, second] = await gather(school, join, [teacher, student, student]);
    await watcher.sees((people) => is(people.names, namesOf(teacher, student)));
    first.close();
    await second.done({ type: "raiseHand", room });
    await watcher.sees((people) => people.get(student.participantId)?.handRaisedAtMs > 0);
    second.close();
    await watcher.sees((people) => is(people.names, namesOf(teacher)));
  },
  "P2 the list and its changes give what a fresh join is told": async (school) => {
    const { teacher, student, other, join, room } = school.place();
    const [watcher, a, b] = await gather(school, join, [teacher, student, other]);
    await a.done({ type: "raiseHand", room });
    await b.done({ type: "leaveRoom", room });
    const fits = (people) =>
      people.get(student.participantId)?.handRaisedAtMs > 0 && !people.get(other.participantId);
    await watcher.sees(fits);
    const [fresh] = await gather(school, join, [teacher]);
    same(fresh.people().names, watcher.people().names);
    same(fresh.people().get(student.participantId), watcher.people().get(student.participantId));
  },
  "P3 hands are in the order of the server's time, and lowered by oneself or a teacher": async (
    school,
  ) => {
    const { teacher, student, other, join, room } = school.place();
    const [lead, a, b] = await gather(school, join, [teacher, student, other]);
    await b.done({ type: "raiseHand", room });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await a.done({ type: "raiseHand", room });
    const hand = (people, who) => people.get(who.participantId)?.handRaisedAtMs ?? 0;
    await lead.sees(
      (people) => hand(people, other) > 0 && hand(people, student) > hand(people, other),
    );
    await a.done({ type: "lowerHand", room, participant: student.participantId });
    await lead.sees((people) => hand(people, student) === 0 && hand(people, other) > 0);
    b.close();
    const [back] = await gather(school, join, [other]);
    holds(hand(back.people(), other) > 0, "who returns at once still has their hand up");
    await lead.done({ type: "lowerHand", room, participant: null });
    await lead.sees((people) => hand(people, other) === 0);
  },
  "P4 permissions and drawing rights are told to all": async (school) => {
    const { teacher, student, join, room } = school.place();
    const [lead, pupil] = await gather(school, join, [teacher, student]);
    await lead.done({ type: "setPermissions", room, drawing: "everyone" });
    const told = await pupil.next(({ type }) => type === "permissions");
    same(told.permissions, { drawing: "everyone", chatLocked: false });
    const participant = student.participantId;
    await lead.done({ type: "allowDrawing", room, participant, allowed: true });
    await pupil.sees((people) => people.get(participant)?.drawAllowed === true);
  },
  "P4 without a running class they are conflict": async (school) => {
    const { teacher, student, join, room, endClass } = school.place();
    await endClass();
    const [lead] = await gather(school, { ...join, liveClass: null }, [teacher]);
    const { participantId: participant } = student;
    same(await lead.refused({ type: "setPermissions", room, chatLocked: true }), "conflict");
    same(await lead.refused({ type: "removeParticipant", room, participant }), "conflict");
  },
  "P5 a teacher mutes, and all see it": async (school) => {
    const { teacher, student, join, room } = school.place();
    const [lead, pupil] = await gather(school, join, [teacher, student]);
    const { participantId: participant } = student;
    const media = { microphone: true, camera: true, screen: false };
    await pupil.done({ type: "setMedia", room, ...media });
    await lead.sees((people) => is(people.get(participant)?.media, media));
    await lead.done({ type: "muteParticipant", room, participant, track: "microphone" });
    const muted = await pupil.next(({ type }) => type === "muted");
    same([muted.track, muted.byName], ["microphone", teacher.name]);
    await lead.sees((people) =>
      is(people.get(participant)?.media, { ...media, microphone: false }),
    );
  },
  "P6 who was removed is out, and stays out": async (school) => {
    const { teacher, student, join, room } = school.place();
    const [lead, pupil] = await gather(school, join, [teacher, student]);
    const { participantId: participant } = student;
    await lead.done({ type: "removeParticipant", room, participant });
    await pupil.next(({ type }) => type === "removed");
    same(await pupil.refused({ type: "raiseHand", room }), "not_found");
    same(await pupil.refused(join), "removed");
    await lead.sees((people) => is(people.names, namesOf(teacher)));
  },
  "P7 when the class ends its sessions are told": async (school) => {
    const { teacher, student, join, liveClass, endClass } = school.place();
    const [lead] = await gather(school, join, [teacher, student]);
    await endClass();
    const ended = await lead.next(({ type }) => type === "liveClassEnded");
    same([ended.liveClass, ended.reason], [liveClass, "teacher"]);
    const { permissions } = await lead.next(({ type }) => type === "permissions");
    same(permissions, { drawing: "everyone", chatLocked: false });
  },
};

const passing = {
  "P9 what one has before oneself, and whether one is there": async (school) => {
    const { teacher, student, other, join, room } = school.place();
    const [lead, pupil] = await gather(school, join, [teacher, student]);
    const [looker] = await gather(school, { ...join, liveClass: null }, [other]);
    const at = (people, who) => people.get(who.participantId);
    same(at(pupil.people(), student).context, "class");
    same(at(looker.people(), other).context, "room");
    await pupil.done({ type: "setPresence", room, context: "board", idle: true });
    await lead.sees(
      (people) => at(people, student)?.context === "board" && at(people, student).idle,
    );
    const [second] = await gather(school, join, [student]);
    await second.done({ type: "setPresence", room, context: "group", idle: false });
    await lead.sees(
      (people) => at(people, student)?.context === "group" && !at(people, student).idle,
    );
  },
  "P10 people are read in pages and by name": async (school) => {
    const { teacher, student, join, room } = school.place();
    const [lead] = await gather(school, join, [teacher, student]);
    const all = await lead.done({ type: "getParticipants", room, after: null });
    same([all.count, all.next], [2, null]);
    const ids = all.participants.map(({ participantId }) => participantId);
    same(ids, [...ids].sort(), "the order of ids");
    const query = student.name.toUpperCase();
    const found = await lead.done({ type: "getParticipants", room, after: null, query });
    same(
      found.participants.map(({ name }) => name),
      [student.name],
    );
    const after = ids[0];
    const rest = await lead.done({ type: "getParticipants", room, after });
    same(rest.participants.length, 1, "those after the first");
  },
  "P11 typing is told, and that it ended": async (school) => {
    const { teacher, student, join, room } = school.place();
    const [lead, pupil] = await gather(school, join, [teacher, student]);
    pupil.sendFrame(JSON.stringify({ type: "setTyping", room, typing: true }));
    const isTyping = (typing) => (message) =>
      message.type === "typing" && message.typing === typing;
    same((await lead.next(isTyping(true))).participantId, student.participantId);
    pupil.sendFrame(JSON.stringify({ type: "setTyping", room, typing: false }));
    await lead.next(isTyping(false));
  },
  "P12 a reaction is shown": async (school) => {
    const { teacher, student, join, room } = school.place();
    const [lead, pupil] = await gather(school, join, [teacher, student]);
    await pupil.done({ type: "react", room, reaction: "clap" });
    const { reaction, participantId, count } = await lead.next(({ type }) => type === "reaction");
    same([reaction, participantId, count], ["clap", student.participantId, 1]);
  },
  "P13 a pointer is shown, of those who may draw": async (school) => {
    const { teacher, student, join, room } = school.place();
    const [lead, pupil] = await gather(school, join, [teacher, student]);
    const at = { target: "board", x: 0.5, y: 0.25 };
    await lead.done({ type: "point", room, at });
    const seen = await pupil.next(({ type }) => type === "pointer");
    same([seen.participantId, seen.at], [teacher.participantId, at]);
    same(await pupil.refused({ type: "point", room, at }), "drawing_locked");
  },
  "P13 it is told whose screen it is on, and that it ended, also after the right did": async (
    school,
  ) => {
    const { teacher, student, join, room } = school.place();
    const [lead, pupil] = await gather(school, join, [teacher, student]);
    const at = { target: "screen", x: 1, y: 0, sharedBy: teacher.participantId };
    const mayDraw = (drawing) => (message) => message.permissions?.drawing === drawing;
    await lead.done({ type: "setPermissions", room, drawing: "everyone" });
    await pupil.next(mayDraw("everyone"));
    await pupil.done({ type: "point", room, at });
    same((await lead.next(({ type }) => type === "pointer")).at, at);
    await lead.done({ type: "setPermissions", room, drawing: "teachers" });
    await pupil.next(mayDraw("teachers"));
    await pupil.done({ type: "point", room, at: null });
    await lead.next((message) => message.type === "pointer" && message.at === null);
  },
};

const mesh = {
  "V1 the mesh tells who is there, and V2 who comes and goes": async (school) => {
    const { teacher, student, join, room } = school.place();
    const [lead, pupil] = await gather(school, join, [teacher, student]);
    same((await lead.done({ type: "joinMesh", room })).members, []);
    const { members } = await pupil.done({ type: "joinMesh", room });
    const { sessionId, participantId } = lead.all("welcome")[0];
    same(members, [{ sessionId, participantId }]);
    same(
      (await lead.next(({ type }) => type === "meshJoined")).participantId,
      student.participantId,
    );
    pupil.close();
    const left = await lead.next(({ type }) => type === "meshLeft");
    same(left.sessionId, pupil.all("welcome")[0].sessionId);
  },
  "V3 a signal reaches that session, unread, and no other mesh": async (school) => {
    const { teacher, student, other, join, room } = school.place();
    const [a, b, outside] = await gather(school, join, [teacher, student, other]);
    for (const each of [a, b]) await each.done({ type: "joinMesh", room });
    const idOf = (connection) => connection.all("welcome")[0].sessionId;
    const signal = { generation: 1, description: { type: "offer", sdp: "v=0" } };
    await a.done({ type: "sendSignal", room, to: idOf(b), signal });
    const heard = await b.next(({ type }) => type === "signal");
    same([heard.from, heard.signal], [idOf(a), signal]);
    same(await a.refused({ type: "sendSignal", room, to: idOf(outside), signal }), "not_found");
  },
};

/** What the rules P and V say. */
export const peopleRules = { ...presence, ...passing, ...mesh };
