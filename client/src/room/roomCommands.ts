import type {
  ClassPermissions,
  ConnectionReport,
  ParticipantId,
  ParticipantsAck,
  PointedAt,
  PresenceContext,
  Reaction,
  RoomId,
  Stage,
  TrackKind,
} from "@darasa/protocol";
import type { Connection } from "../connection/createConnection.ts";

/** What one can ask of a class. All reject with a `CommandFailure`; what they change comes as an event. */
export interface RoomCommands {
  readonly raiseHand: () => Promise<unknown>;
  /** One's own, or as a teacher anybody's; all with null. */
  readonly lowerHand: (participant: ParticipantId | null) => Promise<unknown>;
  readonly setPermissions: (change: Partial<ClassPermissions>) => Promise<unknown>;
  readonly allowDrawing: (participant: ParticipantId, allowed: boolean) => Promise<unknown>;
  /** Switches a track of one person off, or with null of all but teachers. */
  readonly mute: (participant: ParticipantId | null, track: TrackKind) => Promise<unknown>;
  readonly setStage: (change: Partial<Omit<Stage, "video">>) => Promise<unknown>;
  /** What one person may send, whatever the class says; null: what it says. */
  readonly allowSources: (
    participant: ParticipantId,
    sources: readonly TrackKind[] | null,
  ) => Promise<unknown>;
  readonly askToUnmute: (
    participant: ParticipantId,
    track: Exclude<TrackKind, "screen">,
  ) => Promise<unknown>;
  readonly remove: (participant: ParticipantId) => Promise<unknown>;
  /** What one has before oneself, and whether one is there at all. */
  readonly setPresence: (presence: OwnPresence) => Promise<unknown>;
  /** A page of those who are here, by name when `query` is given; the first page with `after` null. */
  readonly getParticipants: (page: PeoplePage) => Promise<ParticipantsAck>;
  /** How one is connected, and whether one took part since the last time (SPEC Q1). */
  readonly reportConnection: (
    report: ConnectionReport & { readonly isActive: boolean },
  ) => Promise<unknown>;
  /** What passes: never answered, and nothing without a connection. */
  readonly setTyping: (typing: boolean) => void;
  readonly react: (reaction: Reaction) => void;
  readonly point: (at: PointedAt | null) => void;
}

export interface OwnPresence {
  readonly context: PresenceContext;
  readonly idle: boolean;
}

export interface PeoplePage {
  readonly after: ParticipantId | null;
  readonly query: string;
}

/** The commands of one room over `connection`. */
export function makeRoomCommands(connection: Connection, room: RoomId): RoomCommands {
  return {
    raiseHand: () => connection.send({ type: "raiseHand", room }),
    lowerHand: (participant) => connection.send({ type: "lowerHand", room, participant }),
    setPermissions: (change) => connection.send({ type: "setPermissions", room, ...change }),
    allowDrawing: (participant, allowed) =>
      connection.send({ type: "allowDrawing", room, participant, allowed }),
    mute: (participant, track) =>
      connection.send({ type: "muteParticipant", room, participant, track }),
    setStage: (change) => connection.send({ type: "setStage", room, ...change }),
    allowSources: (participant, sources) =>
      connection.send({ type: "allowSources", room, participant, sources }),
    askToUnmute: (participant, track) =>
      connection.send({ type: "askToUnmute", room, participant, track }),
    remove: (participant) => connection.send({ type: "removeParticipant", room, participant }),
    setPresence: (presence) => connection.send({ type: "setPresence", room, ...presence }),
    getParticipants: ({ after, query }) =>
      connection.send({
        type: "getParticipants",
        room,
        after,
        query: query === "" ? undefined : query,
      }),
    reportConnection: (report) => connection.send({ type: "reportConnection", room, ...report }),
    setTyping: (typing) => connection.pass({ type: "setTyping", room, typing }),
    react: (reaction) => connection.pass({ type: "react", room, reaction }),
    point: (at) => connection.pass({ type: "point", room, at }),
  };
}
