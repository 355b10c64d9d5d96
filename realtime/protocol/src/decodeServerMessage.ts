import type { ServerMessage } from "./messages.ts";

const known: Record<ServerMessage["type"], true> = {
  welcome: true,
  resumeTicket: true,
  goingAway: true,
  ack: true,
  error: true,
  chatMessage: true,
  replay: true,
  messagesErased: true,
  head: true,
  presence: true,
  typing: true,
  reaction: true,
  pointer: true,
  permissions: true,
  stage: true,
  pulse: true,
  unmuteAsked: true,
  muted: true,
  removed: true,
  liveClassEnded: true,
  waitingRoom: true,
  meshJoined: true,
  meshLeft: true,
  signal: true,
  boardStored: true,
  boardRights: true,
  boardRefused: true,
};

/**
 * The messages of one frame, which is one object or an array of them (SPEC F4). Types that this version
 * does not know are left out (SPEC F5). The server is trusted for the shape of what it sends.
 *
 * @throws SyntaxError when the frame is not JSON
 */
export function decodeServerMessages(frame: string): ServerMessage[] {
  const parsed: unknown = JSON.parse(frame);
  return (Array.isArray(parsed) ? parsed : [parsed]).filter(isKnown);
}

function isKnown(value: unknown): value is ServerMessage {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    Object.hasOwn(known, value.type)
  );
}
