declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type SchoolId = Id<"school">;
export type RoomId = Id<"room">;
export type LiveClassId = Id<"liveClass">;
export type BoardId = Id<"board">;
/** A person in the gateway's eyes: the id of a user, or of a guest in one live class. */
export type ParticipantId = Id<"participant">;
/** One gateway connection's lifetime. */
export type SessionId = Id<"session">;

/** Lower-case RFC 9562 text form, the only one accepted, so that one thing has one name. */
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a canonical lower-case UUID; says nothing of whether the thing exists. */
export function isUuid(value: string): boolean {
  return uuidPattern.test(value);
}

/** Letters and digits that nobody confuses when a code is read aloud or off a projector. */
export const classCodeAlphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
export const classCodeLength = 6;
export const classCodePattern = /^[23456789A-HJ-NP-Z]{6}$/;
