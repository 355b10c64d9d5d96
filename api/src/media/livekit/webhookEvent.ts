import { uuidPattern } from "@darasa/protocol";
import * as z from "zod";
import { toldOfEgress, type ToldEgress } from "./toldEgress.ts";

/** Protobuf's JSON has int64 as strings, and leaves out what is zero. */
const upTo = (max: number) => z.coerce.number().pipe(z.int().min(0).max(max));
/** What is told of later than the year 2100 is told by no clock, and no database keeps it. */
const lastSecond = 4_102_444_800;

/**
 * What we read of a webhook of LiveKit (`livekit/protocol livekit_webhook.proto#WebhookEvent`). Nothing else of it is
 * kept anywhere: the room that it carries has the password of the TURN server in it.
 */
const eventSchema = z.object({
  event: z.string(),
  id: z.string().min(1).max(200),
  /** Epoch seconds. */
  createdAt: upTo(lastSecond),
  room: z.object({ sid: z.string(), name: z.string() }).optional(),
  participant: z
    .object({
      sid: z.string(),
      identity: z.string(),
      joinedAt: upTo(lastSecond).default(0),
      joinedAtMs: upTo(lastSecond * 1000).default(0),
    })
    .optional(),
  egressInfo: z.unknown().optional(),
});

type Parsed = z.infer<typeof eventSchema>;

/** A webhook of LiveKit, as far as it is of use to us. */
export interface LiveKitEvent extends Omit<Parsed, "egressInfo" | "room"> {
  /** The sid is empty in what tells of a recording: that names its room only. */
  readonly room: { readonly sid: string; readonly name: string };
  readonly egress: ToldEgress | null;
}

/** The event in these bytes; null for what is none, or tells of no room. */
export function decodeLiveKitEvent(bytes: Uint8Array): LiveKitEvent | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const parsed = eventSchema.safeParse(JSON.parse(text));
    return parsed.success ? placed(parsed.data) : null;
  } catch {
    return null;
  }
}

function placed({ egressInfo, room, ...event }: Parsed): LiveKitEvent | null {
  const egress = toldOfEgress(egressInfo);
  const where = room ?? (egress && { sid: "", name: egress.roomName });
  return where && { ...event, room: where, egress };
}

/** All that changes something here; of the rest, such as each track that somebody sends, nothing is kept. */
const toldEvents: readonly string[] = [
  "room_started",
  "room_finished",
  "participant_joined",
  "participant_left",
  "participant_connection_aborted",
];

/** Whether it tells of something that is written down or looked after. */
export function isOfUse({ event, egress }: LiveKitEvent): boolean {
  return egress !== null || toldEvents.includes(event);
}

/** Somebody's coming or going, as a webhook tells it. */
export interface ToldStay {
  readonly participantId: string;
  readonly participantSid: string;
  readonly joinedAtMs: number;
  readonly seenAtMs: number;
  readonly hasLeft: boolean;
}

/** What it says of somebody's presence; null when it says nothing of a person of ours. */
export function readStay({ event, createdAt, participant }: LiveKitEvent): ToldStay | null {
  if (!participant || !uuidPattern.test(participant.identity)) return null;
  const joinedAtMs = participant.joinedAtMs || participant.joinedAt * 1000;
  if (joinedAtMs === 0) return null;
  const stay = { participantId: participant.identity, participantSid: participant.sid, joinedAtMs };
  if (event === "participant_joined") return { ...stay, seenAtMs: joinedAtMs, hasLeft: false };
  // Of the second: who came by signalling and never got through with media.
  if (event === "participant_left" || event === "participant_connection_aborted") {
    return { ...stay, seenAtMs: createdAt * 1000, hasLeft: true };
  }
  return null;
}
