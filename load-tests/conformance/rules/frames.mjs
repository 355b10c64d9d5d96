import { Connection } from "../client.mjs";
import { holds, same } from "./expect.mjs";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const padded = (bytes) => {
  const frame = JSON.stringify({ type: "hello", ticket: "" });
  return frame.slice(0, -2) + "x".repeat(bytes - frame.length) + '"}';
};

/** How the hello with this ticket ended: `welcome`, or the close code. */
async function fate(url, ticket) {
  const connection = new Connection(url);
  await connection.opened();
  connection.sendFrame(JSON.stringify({ type: "hello", ticket }));
  await connection.until(() => connection.heard.length > 0 || connection.closeCode !== null);
  connection.close();
  return connection.heard[0]?.type ?? connection.closeCode;
}

const frames = {
  "F1 a server that is not offered darasa.v1 refuses with 400": async ({ upgrade }) => {
    same(await upgrade({ "sec-websocket-protocol": "darasa.v9" }), 400, "another subprotocol");
    same(await upgrade({}), 400, "no subprotocol");
    same(await upgrade({ "sec-websocket-protocol": "darasa.v1" }), 101, "the right one");
  },
  "F2 an origin that is not allowed is refused with 403": async ({ upgrade, url }) => {
    const from = (origin) => upgrade({ "sec-websocket-protocol": "darasa.v1", origin });
    const { host } = new URL(url);
    same(await from(`http://${host}`), 101, "its own");
    for (const origin of ["https://evil.example", `http://${host}.evil.example`, "null"]) {
      same(await from(origin), 403, origin);
    }
  },
  "F3 a frame above 65,536 bytes is answered too_large and closed with 1009": async (school) => {
    const connection = await school.connect(school.place().student);
    connection.sendFrame(padded(65_536));
    same((await connection.next(({ type }) => type === "error")).code, "bad_frame", "64 KiB");
    connection.sendFrame(padded(65_537));
    same(await connection.closed(), 1009);
    same(connection.all("error").at(-1).code, "too_large");
  },
  "F3 before hello the limit is 4,096 bytes": async ({ url }) => {
    const connection = new Connection(url);
    await connection.opened();
    connection.sendFrame(padded(4_097));
    same(await connection.closed(), 1009);
    same(connection.all("error").at(-1)?.code, "too_large");
  },
  "F3 a binary frame is a protocol fault": async (school) => {
    const connection = await school.connect(school.place().student);
    connection.sendFrame(new Uint8Array([123, 125]));
    const error = await connection.next(({ type }) => type === "error");
    same([error.code, error.id], ["bad_frame", null]);
  },
  "F5 unknown fields are ignored, unknown types are faults": async (school) => {
    const { student, join } = school.place();
    const connection = await school.connect(student);
    await connection.done({ ...join, colour: "green" });
    same(await connection.refused({ type: "makeTea", room: join.room }), "bad_frame");
    await connection.done(join);
  },
  "F6 ids are lower-case UUIDs and times milliseconds": async (school) => {
    const { student, join } = school.place();
    const connection = await school.connect(student);
    const ack = await connection.done(join);
    const { sessionId, participantId, serverTimeMs } = connection.all("welcome")[0];
    holds(uuid.test(sessionId) && uuid.test(participantId), "the ids are UUIDs");
    holds(Math.abs(serverTimeMs - Date.now()) < 60_000, "the server's time is one");
    holds(Number.isInteger(ack.participants[0].joinedAtMs), "times are whole milliseconds");
  },
};

const tickets = {
  "T2 of several at once that bring one ticket, one gets in": async ({ url, ticket, place }) => {
    const one = ticket(place().student);
    const fates = await Promise.all(Array.from({ length: 8 }, () => fate(url, one)));
    same(fates.filter((each) => each === "welcome").length, 1, "the number let in");
    same(new Set(fates).size, 2, "the number of kinds of answers");
    same(await fate(url, one), 4401, "a late use");
  },
  "T3 a ticket from before the start is refused": async (school) => {
    const issuedAtMs = school.startedAtMs - 1_000;
    const iat = Math.floor(Date.now() / 1000);
    const old = school.ticket(school.place().student, { issuedAtMs, iat, exp: iat + 30 });
    same(await fate(school.url, old), 4401);
  },
  "T4 every refusal of a ticket looks the same": async ({ url, ticket, place }) => {
    const { student, stranger } = place();
    const iat = Math.floor(Date.now() / 1000);
    const good = ticket(student);
    const forged = {
      "no JWT at all": "open sesame",
      "another signature": `${good.slice(0, -4)}AAAA`,
      "another's claims": [
        ...good.split(".").slice(0, 1),
        ...ticket(stranger).split(".").slice(1, 2),
        good.split(".")[2],
      ].join("."),
      "no signature": `${good.split(".").slice(0, 2).join(".")}.`,
      "for a board": ticket(student, { aud: "board" }),
      "of another issuer": ticket(student, { iss: "else" }),
      "with a jti that is no UUID": ticket(student, { jti: "the-first-of-many" }),
      "long expired": ticket(student, {
        iat: iat - 200,
        exp: iat - 170,
        issuedAtMs: (iat - 200) * 1000,
      }),
    };
    for (const [what, each] of Object.entries(forged)) same(await fate(url, each), 4401, what);
  },
  "T5 clocks may differ by 60 s and by no more": async ({ url, ticket, place }) => {
    const ahead = (seconds) => {
      const iat = Math.floor(Date.now() / 1000) + seconds;
      return ticket(place().student, { iat, exp: iat + 30, issuedAtMs: iat * 1000 });
    };
    same(await fate(url, ahead(50)), "welcome", "50 s ahead");
    same(await fate(url, ahead(75)), 4401, "75 s ahead");
  },
  "T6 when a sign-in ends, what it opened is closed with 4401 within 5 s": async (school) => {
    const { student, join } = school.place();
    const connection = await school.connect(student);
    await connection.done(join);
    const earlier = school.ticket(student);
    await school.endSignIn(student);
    same(await connection.closed(5_000), 4401);
    same(await fate(school.url, earlier), 4401, "a ticket from before");
  },
  "T7 a resume ticket opens the next connection, once": async (school) => {
    const connection = await school.connect(school.place().student);
    holds(typeof connection.resume === "string", "welcome brings a resume ticket");
    const { resume } = connection;
    connection.close();
    same(await fate(school.url, resume), "welcome");
    same(await fate(school.url, resume), 4401, "the second time");
  },
};

const hello = {
  "H1 without hello within 5 s the close is 4408": async ({ url }) => {
    const connection = new Connection(url);
    same(await connection.closed(7_000), 4408);
  },
  "H2 the answer is a welcome": async (school) => {
    const { student } = school.place();
    const connection = await school.connect(student);
    const { participantId, name } = connection.heard[0];
    same([participantId, name], [student.participantId, student.name]);
  },
  "H3 anything else first closes with 4401": async ({ url, place }) => {
    for (const frame of [JSON.stringify({ ...place().join, id: "1" }), "{", "[]", "null"]) {
      const connection = new Connection(url);
      await connection.opened();
      connection.sendFrame(frame);
      same(await connection.closed(), 4401, frame);
    }
  },
};

/** What the rules F, T and H say. */
export const frameRules = { ...frames, ...tickets, ...hello };
