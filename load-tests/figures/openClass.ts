import { subprotocol, type ParticipantId } from "@darasa/protocol";

/** A running class that people were let into over HTTPS, as a browser would be. */
export interface OpenClass {
  readonly liveClassId: string;
  readonly roomId: string;
}

interface SignedIn {
  readonly accessToken: string;
}
interface Joined {
  readonly participantId: ParticipantId;
  readonly video: { readonly provider: string };
  readonly room: { readonly id: string };
  readonly gateway: { readonly url: string; readonly ticket: string };
}

/** Signs the demo teacher in and starts the class that `code` belongs to. */
export async function startClass(
  baseUrl: string,
  demoKey: string,
  code: string,
): Promise<OpenClass> {
  const teacher = await post<SignedIn>(`${baseUrl}/api/auth/demo`, { key: demoKey });
  const found = (await (
    await fetch(`${baseUrl}/api/live-classes`, { headers: bearer(teacher) })
  ).json()) as { liveClasses: { id: string; roomId: string; code: string | null }[] };
  const liveClass = found.liveClasses.find((each) => each.code === code);
  if (!liveClass) throw new Error(`No class has the code ${code}`);
  await post(`${baseUrl}/api/live-classes/${liveClass.id}/start`, {}, teacher);
  return { liveClassId: liveClass.id, roomId: liveClass.roomId };
}

/** Somebody whose socket is in a class, and what the API told them of its video. */
export interface SeatedGuest extends Pick<Joined, "participantId" | "video"> {
  readonly socket: WebSocket;
}

/** Joins as a guest and resolves once the gateway has let them into the room; the socket stays open. */
export async function joinAsGuest(
  baseUrl: string,
  code: string,
  guest: { readonly name: string; readonly liveClassId: string },
): Promise<SeatedGuest> {
  const signedIn = await post<SignedIn>(`${baseUrl}/api/join/${code}`, { name: guest.name });
  const path = `/api/live-classes/${guest.liveClassId}/join`;
  const joined = await post<Joined>(baseUrl + path, {}, signedIn);
  const socket = new WebSocket(
    `${baseUrl.replace("http", "ws")}${joined.gateway.url}`,
    subprotocol,
  );
  await new Promise((resolve, reject) => {
    socket.addEventListener("close", () => reject(new Error("The gateway closed the connection")));
    socket.addEventListener("open", () =>
      socket.send(JSON.stringify({ type: "hello", ticket: joined.gateway.ticket })),
    );
    socket.addEventListener("message", ({ data }) => {
      const { type } = JSON.parse(String(data)) as { type: string };
      if (type === "welcome") socket.send(joinRoom(joined.room.id, guest.liveClassId));
      if (type === "ack") resolve(undefined);
    });
  });
  return { socket, participantId: joined.participantId, video: joined.video };
}

function joinRoom(room: string, liveClass: string): string {
  return JSON.stringify({ type: "joinRoom", id: "join", room, liveClass });
}

function bearer(who: SignedIn): Record<string, string> {
  return { authorization: `Bearer ${who.accessToken}` };
}

async function post<Reply>(url: string, body: unknown, who?: SignedIn): Promise<Reply> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(who ? bearer(who) : {}) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Reply;
}
