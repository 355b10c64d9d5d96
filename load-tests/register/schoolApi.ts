import { randomUUID } from "node:crypto";
import { signLiveKitWebhook } from "../../infra/database/src/testing/signLiveKitWebhook.ts";
import { demoSchool } from "./demoSchool.ts";
import type { KillableSchool } from "./killableSchool.ts";

/** A line of the register, as far as it is looked at. */
export interface RegisterLine {
  readonly participantId: string;
  readonly name: string;
  readonly segments: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly present: boolean;
}

/** The register of a class as the API tells it. */
export interface ReadRegister {
  readonly liveClass: {
    readonly id: string;
    readonly status: string;
    readonly startedAtMs: number;
    readonly endedAtMs: number | null;
    readonly endReason: string | null;
  };
  readonly people: readonly RegisterLine[];
}

/** What the people of the demo school ask of its API; everything rejects while it is away. */
export interface SchoolApi {
  signIn(email: string): Promise<string>;
  /** Starts a class that is seen and heard through LiveKit; its id. */
  startClass(token: string): Promise<string>;
  /** A ticket for the gateway. */
  join(token: string, liveClassId: string): Promise<string>;
  register(token: string, liveClassId: string): Promise<ReadRegister>;
  /** Tells what LiveKit would: of somebody's coming, and later of their going. */
  tellOfLiveKit(told: ToldStay): Promise<void>;
}

/** One stay in the class's room on LiveKit. */
export interface ToldStay {
  readonly liveClassId: string;
  readonly participantId: string;
  readonly joinedAtMs: number;
  /** Null: they have only come. */
  readonly leftAtMs: number | null;
}

export function makeSchoolApi({ apiUrl, password, liveKit }: KillableSchool): SchoolApi {
  const ask = async <Answer>(request: string, sent: Sent = {}): Promise<Answer> => {
    const [method = "", path = ""] = request.split(" ");
    const answer = await fetch(`${apiUrl}${path}`, { method, ...toRequest(sent) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${request} was answered ${answer.status}: ${text}`);
    return (text === "" ? null : JSON.parse(text)) as Answer;
  };
  return {
    async signIn(email) {
      const body = { school: demoSchool.slug, email, password };
      return (await ask<{ accessToken: string }>("POST /api/auth/login", { body })).accessToken;
    },
    async startClass(token) {
      const { roomId } = demoSchool.rooms.mathematics;
      const body = { roomId, title: "What the register survives", videoProvider: "livekit" };
      const { id } = await ask<{ id: string }>("POST /api/live-classes", { token, body });
      await ask(`POST /api/live-classes/${id}/start`, { token });
      return id;
    },
    async join(token, id) {
      const joined = await ask<{ gateway: { ticket: string } }>(
        `POST /api/live-classes/${id}/join`,
        { token },
      );
      return joined.gateway.ticket;
    },
    register: (token, id) => ask(`GET /api/live-classes/${id}/attendance`, { token }),
    async tellOfLiveKit(told) {
      const body = webhookBody(told);
      const headers = {
        authorization: signLiveKitWebhook(body, liveKit),
        "content-type": "application/webhook+json",
      };
      await ask("POST /api/webhooks/livekit", { body, headers });
    },
  };
}

interface Sent {
  readonly token?: string;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

function toRequest({ token, body, headers = {} }: Sent) {
  return {
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  };
}

function webhookBody({ liveClassId, participantId, joinedAtMs, leftAtMs }: ToldStay): string {
  const hex = (id: string) => id.replaceAll("-", "");
  return JSON.stringify({
    event: leftAtMs === null ? "participant_joined" : "participant_left",
    id: `EV_${randomUUID()}`,
    createdAt: String(Math.floor((leftAtMs ?? joinedAtMs) / 1000)),
    room: { sid: "RM_1", name: `${hex(demoSchool.schoolId)}${hex(liveClassId)}` },
    participant: { sid: "PA_1", identity: participantId, joinedAtMs: String(joinedAtMs) },
  });
}
