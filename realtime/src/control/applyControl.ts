import {
  closeReasons,
  type LiveClassId,
  type ParticipantId,
  type RoomId,
  type SchoolId,
  type Stage,
} from "@darasa/protocol";
import type { RoomChange } from "../access/accessChange.ts";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import type { Publisher } from "../publish/publisher.ts";
import { endClass, updateParticipant } from "../room/people.ts";
import { type Room, type Session, type Stay, permissionsOf, staysOf } from "../room/room.ts";
import { tell } from "../room/tell.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";

type MessageOf<Kind extends RoomChange["kind"]> = Extract<RoomChange, { kind: Kind }>;

/** What a change from outside touches. */
export interface ControlParts {
  readonly rooms: RoomRegistry;
  readonly publisher: Publisher;
  readonly presence: PresenceFeed;
  /** Takes a session out of a room. */
  readonly depart: (stay: Stay) => void;
  /** The class of these sessions ends while they stay in the room. */
  readonly classEnds: (stays: Iterable<Stay>) => void;
  /** The connected sessions of one person, in whatever rooms. */
  readonly sessionsOf: (participantId: ParticipantId) => readonly Session[];
  /** The connected sessions of the guests of one class. */
  readonly guestsOf: (liveClassId: LiveClassId) => readonly Session[];
  /** Texts of the room that are kept in memory may have been erased. */
  readonly forgetRecent: (room: Room) => void;
  /** Switches off whatever somebody sends and may not any more. */
  readonly keepToSources: (room: Room) => void;
  /** Brings a room up to what the database says. */
  readonly refresh: (room: Room) => void;
  /** Tells the teachers in the room how many wait to be let in. */
  readonly waitingChanged: (room: Room) => void;
}

/** Applies what api or a gateway has changed to what this process serves; what it does not serve is ignored. */
export type ApplyControl = (message: RoomChange) => void;

type Appliers = {
  readonly [Kind in RoomChange["kind"]]: (
    parts: ControlParts,
    room: Room | undefined,
    message: MessageOf<Kind>,
  ) => void;
};

const appliers: Appliers = {
  permissions: applyPermissions,
  drawAllowed: applyDrawAllowed,
  stage: applyStage,
  sourcesAllowed: applySourcesAllowed,
  participantRemoved: applyRemoved,
  liveClassStarted(parts, room) {
    if (room !== undefined) parts.refresh(room);
  },
  liveClassEnded: applyEnded,
  messagesErased({ publisher, forgetRecent }, room, { senderId }) {
    if (room === undefined) return;
    const sender = senderId as ParticipantId;
    room.erasedSenders.add(sender);
    forgetRecent(room);
    publisher.publish(room.channel, {
      type: "messagesErased",
      room: room.roomId,
      senderId: sender,
    });
  },
  waitingRoomChanged(parts, room) {
    if (room !== undefined) parts.waitingChanged(room);
  },
};

/** The one way in for durable changes of a class, for all nodes alike (SPEC P4, P6, P7, P8). */
export function createApplyControl(parts: ControlParts): ApplyControl {
  return (message) => {
    const room = parts.rooms.find(message.schoolId as SchoolId, message.roomId as RoomId);
    // A join that is being read starts over: what it has read is old.
    if (room !== undefined && message.kind !== "waitingRoomChanged") room.changes += 1;
    const apply = appliers[message.kind] as (
      parts: ControlParts,
      room: Room | undefined,
      message: RoomChange,
    ) => void;
    apply(parts, room, message);
  };
}

function applyPermissions(
  { publisher }: ControlParts,
  room: Room | undefined,
  { liveClassId, permissions }: MessageOf<"permissions">,
): void {
  if (room?.liveClass?.liveClassId !== liveClassId) return;
  room.liveClass = { ...room.liveClass, permissions };
  publisher.publish(room.channel, { type: "permissions", room: room.roomId, permissions });
}

function applyDrawAllowed(
  { presence }: ControlParts,
  room: Room | undefined,
  { liveClassId, participantId, allowed }: MessageOf<"drawAllowed">,
): void {
  if (room?.liveClass?.liveClassId !== liveClassId) return;
  updateParticipant(room, participantId as ParticipantId, { drawAllowed: allowed });
  presence.changed(room, participantId as ParticipantId);
}

function applyStage(
  { publisher, keepToSources }: ControlParts,
  room: Room | undefined,
  { liveClassId, stage }: MessageOf<"stage">,
): void {
  if (room?.liveClass?.liveClassId !== liveClassId) return;
  const told = stage as Stage;
  room.liveClass = { ...room.liveClass, stage: told };
  publisher.publish(room.channel, { type: "stage", room: room.roomId, stage: told });
  keepToSources(room);
}

function applySourcesAllowed(
  { presence, keepToSources }: ControlParts,
  room: Room | undefined,
  { liveClassId, participantId, sources }: MessageOf<"sourcesAllowed">,
): void {
  if (room?.liveClass?.liveClassId !== liveClassId) return;
  updateParticipant(room, participantId as ParticipantId, { sources: sources ?? undefined });
  presence.changed(room, participantId as ParticipantId);
  keepToSources(room);
}

function applyRemoved(
  { depart, sessionsOf }: ControlParts,
  room: Room | undefined,
  { liveClassId, participantId }: MessageOf<"participantRemoved">,
): void {
  const removed = participantId as ParticipantId;
  if (room?.liveClass?.liveClassId === liveClassId) {
    for (const stay of staysOf(room, removed)) {
      tell(stay.session, { type: "removed", room: room.roomId });
      depart(stay);
    }
    room.memories.delete(removed);
  }
  for (const session of sessionsOf(removed)) {
    if (session.identity.guestOf === liveClassId) session.outbox.close(closeReasons.forbidden);
  }
}

function applyEnded(
  parts: ControlParts,
  room: Room | undefined,
  { liveClassId, reason }: MessageOf<"liveClassEnded">,
): void {
  const liveClass = liveClassId as LiveClassId;
  if (room?.liveClass?.liveClassId === liveClass) {
    const { roomId, channel } = room;
    parts.publisher.publish(channel, { type: "liveClassEnded", room: roomId, liveClass, reason });
    parts.classEnds(room.stays.values());
    endClass(room);
    const permissions = permissionsOf(room);
    parts.publisher.publish(channel, { type: "permissions", room: roomId, permissions });
    for (const id of room.people.keys()) parts.presence.changed(room, id);
    parts.waitingChanged(room);
  }
  for (const guest of parts.guestsOf(liveClass)) guest.outbox.close(closeReasons.forbidden);
}
