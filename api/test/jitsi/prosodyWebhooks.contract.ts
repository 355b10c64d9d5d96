import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { sql } from "@darasa/database";
import { findFreePort } from "@darasa/database/testing";
import type { LiveClassId, SchoolId } from "@darasa/protocol";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { mediaRoomName } from "../../src/media/mediaRoomName.ts";
import { createTestApi, type Person, type TestApi } from "../testApi.ts";
import { domains } from "./prosodySettings.ts";
import { startProsody, type TestProsody } from "./startProsody.ts";
import { signInToXmpp, type XmppSession } from "./xmppClient.ts";

const settings = {
  JITSI_APP_ID: "darasa",
  JITSI_APP_SECRET: "of a Jitsi and of Darasa, and of nobody else",
  JITSI_WEBHOOK_SECRET: "what the webhooks of this Jitsi show",
};
const patienceMs = 5_000;
const rowSchema = z.object({ kind: z.string() });

/** What a Prosody with those plugins tells the API of who comes and who goes, by our own settings. */
export function describeProsodyWebhooks(name: string, plugins: readonly string[]): void {
  describe(name, () => {
    let api: TestApi;
    let door: Door;
    let prosody: TestProsody;
    let student: Person;
    let liveClassId: string;
    let focus: XmppSession;
    const room = () =>
      mediaRoomName({
        schoolId: api.db.schoolId as SchoolId,
        liveClassId: liveClassId as LiveClassId,
      });

    beforeAll(async () => {
      api = await createTestApi({ JITSI_DOMAIN: domains.people, ...settings });
      door = await makeDoor(api);
      prosody = await startProsody(plugins, { ...settings, DARASA_URL: door.url });
    });
    afterAll(async () => {
      await prosody.close();
      await door.close();
      await api.close();
    });
    beforeEach(async () => {
      student = await api.signIn("neema");
      liveClassId = (await api.startClass({ videoProvider: "jitsi" })).id;
      focus = await openRoom();
    });
    afterEach(async () => {
      focus.close();
      const as = await api.signIn("teacher");
      await api.call(`POST /api/live-classes/${liveClassId}/end`, { as });
    });

    async function openRoom(): Promise<XmppSession> {
      const { domain, ...login } = prosody.focus;
      const session = await signIn({ login, domain });
      await session.enter(room());
      return session;
    }

    async function signIn(wish: Omit<Parameters<typeof signInToXmpp>[1], "patienceMs">) {
      const signIn = await signInToXmpp(prosody.place, { ...wish, patienceMs });
      if (signIn.kind === "session") return signIn.session;
      throw new Error(signIn.why);
    }

    /** With the token that the API gives whoever joins. */
    async function comeIn(): Promise<XmppSession> {
      const joined = await api.call(`POST /api/live-classes/${liveClassId}/join`, { as: student });
      const { video } = joined.body;
      if (video.provider !== "jitsi") throw new Error(video.provider);
      const session = await signIn({ login: { token: video.token } });
      expect(await session.enter(video.room)).toMatchObject({ affiliation: "member" });
      return session;
    }

    const attendance = () =>
      api.services.database.inSchool(api.db.schoolId, async (tx) => {
        const rows = await tx.any(sql.type(rowSchema)`
          select kind from attendance_events
          where live_class_id = ${liveClassId} and source = 'jitsi' order by at, kind`);
        return rows.map(({ kind }) => kind);
      });
    /** What was told of this room. */
    const told = () => door.told.filter(({ body }) => Buffer.from(body).includes(room()));

    it("comings and goings are attendance, and what is told again changes nothing", async () => {
      const session = await comeIn();
      await expect.poll(attendance).toEqual(["joined"]);
      session.close();
      await expect.poll(attendance).toEqual(["joined", "left"]);
      focus.close();
      await expect
        .poll(() => told().map(({ path }) => path.replace("/api/webhooks/jitsi/events/", "")))
        .toEqual(["room/created", "occupant/joined", "occupant/left", "room/destroyed"]);
      for (const word of told()) {
        expect([word.status, await door.tellAgain(word)]).toEqual([200, 200]);
        expect(await door.tellAgain({ ...word, authorization: "Bearer of nobody" })).toBe(401);
      }
      expect(await attendance()).toEqual(["joined", "left"]);
    });

    it("what happens while the API is gone is told when it is back", async () => {
      const session = await comeIn();
      await expect.poll(attendance).toEqual(["joined"]);
      await door.shut();
      session.close();
      await expect.poll(() => prosody.server.output()).toContain("API Response code 0. Will retry");
      await door.open();
      await expect.poll(attendance).toEqual(["joined", "left"]);
    });

    it("who was there when Prosody died has left when the room is there again", async () => {
      await comeIn();
      await expect.poll(attendance).toEqual(["joined"]);
      await prosody.server.end("SIGKILL");
      // It tells whole seconds: the room begins in a later one than the stay.
      const second = () => Math.floor(Date.now() / 1000);
      const died = second();
      await expect.poll(second).toBeGreaterThan(died);
      await prosody.server.start();
      focus = await openRoom();
      await expect.poll(attendance).toEqual(["joined", "left"]);
    });
  });
}

/** One request of Prosody's, and what it was answered with. */
interface Word {
  readonly path: string;
  readonly authorization: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly status: number;
}

/** The API over HTTP, with a memory of what it was told. */
interface Door {
  readonly url: string;
  readonly told: readonly Word[];
  tellAgain(word: Word): Promise<number>;
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

async function makeDoor(api: TestApi): Promise<Door> {
  const port = await findFreePort();
  const told: Word[] = [];
  const tell = async ({ path, authorization, body }: Omit<Word, "status">) => {
    const headers = { authorization, "content-type": "application/json" };
    return (await api.call(`POST ${path}`, { body, headers })).status;
  };
  const hear = async (request: IncomingMessage): Promise<number> => {
    const { url: path = "", headers } = request;
    const body = new Uint8Array(await buffer(request));
    const word = { path, authorization: headers.authorization ?? "", body };
    const status = await tell(word);
    told.push({ ...word, status });
    return status;
  };
  const open = async (): Promise<Server> => {
    const server = createServer((request, response) => {
      void hear(request).then((status) => response.writeHead(status).end());
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  let server = await open();
  const shut = async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${String(port)}`,
    told,
    tellAgain: tell,
    shut,
    open: async () => void (server = await open()),
    close: shut,
  };
}
