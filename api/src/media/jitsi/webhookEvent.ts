import { uuidPattern } from "@darasa/protocol";
import * as z from "zod";

/** What Jitsi's `event_sync` component tells of: the end of the address that it posts to. */
export const jitsiEventKinds = [
  "room/created",
  "room/destroyed",
  "occupant/joined",
  "occupant/left",
] as const;
export type JitsiEventKind = (typeof jitsiEventKinds)[number];

/** RFC 7622 §3: three parts of at most 1,023 bytes and what stands between. */
const jid = z.string().min(1).max(3_071);
/** Epoch seconds, by the clock of that Prosody. */
const seconds = z.int().min(0).max(4_102_444_800);

const occupantSchema = z.object({
  occupant_jid: jid,
  /** `context.user.id` of our token; without one nobody came by us. */
  id: z.string().max(64).optional(),
  joined_at: seconds,
  left_at: seconds.optional(),
});

const room = {
  room_name: z.string().max(1_023),
  room_jid: jid,
  is_breakout: z.boolean().optional(),
};

/** Names and addresses of people, which it tells too, are not read. */
const schemas = {
  "room/created": z.object({ ...room, created_at: seconds }),
  "room/destroyed": z.object({
    ...room,
    created_at: seconds,
    destroyed_at: seconds,
    // An empty list of Lua's is an empty object.
    all_occupants: z.union([z.array(occupantSchema).max(5_000), z.object({}).strict()]),
  }),
  "occupant/joined": z.object({ ...room, occupant: occupantSchema }),
  "occupant/left": z.object({ ...room, occupant: occupantSchema }),
} satisfies Record<JitsiEventKind, z.ZodType>;

/** Somebody's time in a room, from one coming to its going. */
export interface Occupancy {
  readonly participantId: string;
  /** The same for everything that is told of it: who comes back has another. */
  readonly key: string;
  readonly joinedAtMs: number;
  /** Null: not told. */
  readonly leftAtMs: number | null;
}

/** What an event tells of a room. */
export interface JitsiEvent {
  readonly roomName: string;
  readonly roomJid: string;
  readonly isBreakout: boolean;
  /** The same whenever this is told again. */
  readonly id: string;
  /** When it happened. */
  readonly atMs: number;
  /** Those of our people of whom it tells. */
  readonly occupancies: readonly Occupancy[];
}

/** What these bytes tell; null for what no such event says. */
export function decodeJitsiEvent(kind: JitsiEventKind, bytes: Uint8Array): JitsiEvent | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return read(kind, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof z.ZodError) {
      return null;
    }
    throw error;
  }
}

function read(kind: JitsiEventKind, body: unknown): JitsiEvent {
  switch (kind) {
    case "room/created": {
      const event = schemas[kind].parse(body);
      const { created_at: at } = event;
      return {
        ...readRoom(event),
        id: `${kind} ${event.room_jid} ${at}`,
        atMs: at * 1000,
        occupancies: [],
      };
    }
    case "room/destroyed": {
      const event = schemas[kind].parse(body);
      const { destroyed_at: at, all_occupants: all } = event;
      return {
        ...readRoom(event),
        id: `${kind} ${event.room_jid} ${at}`,
        atMs: at * 1000,
        occupancies: (Array.isArray(all) ? all : []).flatMap(readOccupant),
      };
    }
    case "occupant/joined":
    case "occupant/left": {
      const event = schemas[kind].parse(body);
      const { occupant_jid: jid, joined_at: joined, left_at: left } = event.occupant;
      const hasLeft = kind === "occupant/left";
      const occupant = { ...event.occupant, left_at: hasLeft ? (left ?? joined) : undefined };
      return {
        ...readRoom(event),
        id: `${kind} ${event.room_jid} ${jid} ${joined}`,
        atMs: (occupant.left_at ?? joined) * 1000,
        occupancies: readOccupant(occupant),
      };
    }
  }
}

interface ToldRoom {
  readonly room_name: string;
  readonly room_jid: string;
  readonly is_breakout?: boolean | undefined;
}

function readRoom({ room_name: roomName, room_jid: roomJid, is_breakout }: ToldRoom) {
  return { roomName, roomJid, isBreakout: is_breakout === true };
}

function readOccupant(occupant: z.infer<typeof occupantSchema>): Occupancy[] {
  const { id, occupant_jid: jid, joined_at: joined, left_at: left } = occupant;
  if (id === undefined || !uuidPattern.test(id)) return [];
  return [
    {
      participantId: id,
      key: `${jid} ${joined}`,
      joinedAtMs: joined * 1000,
      leftAtMs: left === undefined ? null : left * 1000,
    },
  ];
}
