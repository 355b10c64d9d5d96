import { api } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import type { components } from "../../api/schema.d.ts";

type Schemas = components["schemas"];

/** The school's own media servers, without their secrets. */
export type OwnServers = Schemas["OwnMediaServers"];
export type ServerKind = "livekit" | "jitsi";
export type CheckOutcome = Schemas["MediaServerCheck"]["outcome"];

/** @throws ApiProblem as rejection, as all of these */
export function loadOwnServers(): Promise<OwnServers> {
  return dataOf(api.GET("/api/school/media-servers"));
}

/** Sets the school's own LiveKit. */
export function setLiveKit(body: Schemas["OwnLiveKitInput"]): Promise<OwnServers> {
  return dataOf(api.PUT("/api/school/media-servers/livekit", { body }));
}

/** Sets the school's own Jitsi. */
export function setJitsi(body: Schemas["OwnJitsiInput"]): Promise<OwnServers> {
  return dataOf(api.PUT("/api/school/media-servers/jitsi", { body }));
}

/** Does without one of one's own. */
export function removeServer(kind: ServerKind): Promise<OwnServers> {
  return dataOf(
    kind === "livekit"
      ? api.DELETE("/api/school/media-servers/livekit")
      : api.DELETE("/api/school/media-servers/jitsi"),
  );
}

/** Whether the server that the school uses works, as our server sees it. */
export async function checkServer(kind: ServerKind): Promise<CheckOutcome> {
  const params = { path: { kind } };
  const found = await dataOf(api.POST("/api/school/media-servers/{kind}/check", { params }));
  return found.outcome;
}
