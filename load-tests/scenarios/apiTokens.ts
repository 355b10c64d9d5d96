import exec from "k6/execution";
import http from "k6/http";
import { onceOr } from "../lib/crowd.ts";
import { startCounters, refused, ticketMs, tokenMs } from "../lib/measures.ts";
import { Session } from "../lib/session.ts";
import { apiUrl, optionsOf, profileOf, writeSummary } from "../lib/settings.ts";

/** How long does the whole way in take: a guest's sign-in, their class, a ticket, and the gateway? */
const profile = profileOf("apiTokens");
export const options = optionsOf("apiTokens");
export const handleSummary = writeSummary;

const liveClassId = __ENV["LIVE_CLASS"] ?? "";
const roomId = __ENV["ROOM"] ?? "";
const code = __ENV["CODE"] ?? "";

export default function apiTokens(): void {
  startCounters();
  const mine = exec.vu.idInTest - 1;
  const guests = Array.from({ length: profile.size }, (_unused, guest) => guest).filter(
    (guest) => guest % profile.vus === mine % profile.vus,
  );
  const sessions: Session[] = [];
  let refusals = 0;
  const size = guests.length;
  const everyMs = (profile.arriveSeconds * 1000) / size;
  const arriving = setInterval(() => {
    const guest = guests.pop();
    if (guest === undefined) {
      clearInterval(arriving);
      return;
    }
    const session = comeIn(guest);
    if (session !== null) sessions.push(session);
    else refusals += 1;
  }, everyMs);
  onceOr(
    () => sessions.length + refusals === size && sessions.every(({ isLive }) => isLive),
    () => {
      for (const session of sessions) session.close();
    },
  );
}

function comeIn(guest: number): Session | null {
  const address = `10.3.${guest >> 8}.${guest & 255}`;
  const name = `Guest ${guest}`;
  const signedIn = post(`/api/join/${code}`, { name }, { address });
  if (signedIn === null) return null;
  tokenMs.add(signedIn.ms);
  const caller = { address, token: String(signedIn.answer["accessToken"]) };
  const path = `/api/live-classes/${liveClassId}/join`;
  const joined = post(path, {}, caller);
  if (joined === null) return null;
  ticketMs.add(joined.ms);
  const { url, ticket } = joined.answer["gateway"] as {
    readonly url: string;
    readonly ticket: string;
  };
  return new Session({
    person: { schoolId: "", participantId: `guest-${guest}`, name },
    room: { roomId, liveClassId, members: [] },
    url: `${apiUrl.replace("http", "ws")}${url}`,
    ticket,
  });
}

function post(
  path: string,
  body: object,
  { address, token }: { readonly address: string; readonly token?: string },
): { readonly answer: Readonly<Record<string, unknown>>; readonly ms: number } | null {
  const response = http.post(`${apiUrl}${path}`, JSON.stringify(body), {
    headers: {
      "content-type": "application/json",
      "x-forwarded-for": address,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  });
  if (response.status === 200) {
    const answer = response.json() as Readonly<Record<string, unknown>>;
    return { answer, ms: response.timings.duration };
  }
  refused.add(1, { code: `${response.status}` });
  return null;
}
