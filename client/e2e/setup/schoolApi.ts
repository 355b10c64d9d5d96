import type { NamedJitsi } from "./namedJitsi.ts";

/** What a journey needs of a running school, beside a browser. */
export interface SchoolLinks {
  readonly baseUrl: string;
  readonly teacherUrl: string;
  readonly password: string;
}

/** A class that has started, in a room of its own: journeys do not meet. */
export interface StartedClass {
  readonly liveClassId: string;
  readonly code: string;
  readonly title: string;
  readonly url: string;
}

interface SignedIn {
  readonly accessToken: string;
}

/** Makes a room with all demo students, and starts a class in it as the demo teacher. */
export async function startClass(
  school: SchoolLinks,
  {
    title,
    video = "mesh",
  }: { readonly title: string; readonly video?: "mesh" | "livekit" | "jitsi" | "none" },
): Promise<StartedClass & { readonly roomId: string }> {
  const key = school.teacherUrl.split("#")[1];
  const { accessToken } = await call<SignedIn>(school, "POST /api/auth/demo", { key });
  const as = <Reply>(route: string, body?: unknown) =>
    call<Reply>(school, route, body, accessToken);
  const room = await as<{ id: string }>("POST /api/rooms", { kind: "class", name: title });
  const { rooms } = await as<{ rooms: { id: string; name: string }[] }>("GET /api/rooms");
  const mathematics = rooms.find(({ name }) => name.startsWith("Mathematics"));
  const { members } = await as<{ members: { userId: string; role: string }[] }>(
    `GET /api/rooms/${mathematics?.id ?? ""}/members`,
  );
  for (const { userId } of members.filter(({ role }) => role === "student")) {
    await as(`POST /api/rooms/${room.id}/members`, { userId, role: "student" });
  }
  const planned = await as<{ id: string }>("POST /api/live-classes", {
    roomId: room.id,
    title,
    videoProvider: video,
  });
  const started = await as<{ id: string; code: string }>(
    `POST /api/live-classes/${planned.id}/start`,
    {},
  );
  const { id, code } = started;
  return { liveClassId: id, roomId: room.id, code, title, url: `${school.baseUrl}/class/${id}` };
}

/** Ends a class as the demo teacher. */
export async function endStartedClass(
  school: SchoolLinks,
  { liveClassId }: Pick<StartedClass, "liveClassId">,
): Promise<void> {
  const key = school.teacherUrl.split("#")[1];
  const { accessToken } = await call<SignedIn>(school, "POST /api/auth/demo", { key });
  await call(school, `POST /api/live-classes/${liveClassId}/end`, {}, accessToken);
}

/** What the demo school does with guests from now on, as its admin decides it. */
export async function setGuestPolicy(
  school: SchoolLinks,
  guestPolicy: "allowed" | "waiting_room" | "forbidden",
): Promise<void> {
  const accessToken = await signInAsAdmin(school);
  await call(school, "PATCH /api/school", { guestPolicy }, accessToken);
}

/** From now on teachers of the demo school may record their classes, as its admin decides it. */
export async function allowRecordings(school: SchoolLinks): Promise<void> {
  const accessToken = await signInAsAdmin(school);
  await call(school, "PATCH /api/school", { recordings: "allowed" }, accessToken);
}

/** Gives the demo school that LiveKit for its own, as its admin does. */
export async function setOwnLiveKit(
  school: SchoolLinks,
  { url, apiKey, apiSecret }: Readonly<Record<"url" | "apiKey" | "apiSecret", string>>,
): Promise<void> {
  await setMediaServer(school, "livekit", { url, apiKey, apiSecret });
}

/** Takes it away again. */
export async function removeOwnLiveKit(school: SchoolLinks): Promise<void> {
  const accessToken = await signInAsAdmin(school);
  await call(school, "DELETE /api/school/media-servers/livekit", undefined, accessToken);
}

/** Gives the demo school that Jitsi for its own, by default one that nobody has. */
export async function setOwnJitsi(
  school: SchoolLinks,
  { domain, appId, appSecret }: NamedJitsi = {
    domain: "meet.example.org",
    appId: "darasa",
    appSecret: "of a Jitsi that only tests know of, 32 bytes",
  },
): Promise<void> {
  const signing = { kind: "secret", secret: appSecret };
  await setMediaServer(school, "jitsi", { domain, appId, signing });
}

/** Takes it away again. */
export async function removeOwnJitsi(school: SchoolLinks): Promise<void> {
  const accessToken = await signInAsAdmin(school);
  await call(school, "DELETE /api/school/media-servers/jitsi", undefined, accessToken);
}

async function setMediaServer(
  school: SchoolLinks,
  kind: "livekit" | "jitsi",
  server: object,
): Promise<void> {
  const accessToken = await signInAsAdmin(school);
  await call(school, `PUT /api/school/media-servers/${kind}`, server, accessToken);
}

async function signInAsAdmin(school: SchoolLinks): Promise<string> {
  const { accessToken } = await call<SignedIn>(school, "POST /api/auth/login", {
    school: "demo",
    email: "admin@demo.darasa",
    password: school.password,
  });
  return accessToken;
}

async function call<Reply>(
  school: SchoolLinks,
  route: string,
  body?: unknown,
  accessToken?: string,
): Promise<Reply> {
  const [method = "", path = ""] = route.split(" ");
  const response = await fetch(school.baseUrl + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${route}: ${String(response.status)} ${await response.text()}`);
  return (await response.json()) as Reply;
}
