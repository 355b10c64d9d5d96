import type { LiveClassId, SchoolId } from "@darasa/protocol";

/** A live class of a school: what a room on a media server stands for. */
export interface MediaRoom {
  readonly schoolId: SchoolId;
  readonly liveClassId: LiveClassId;
}

/**
 * The class's room on any media server: 64 hex digits, the school's id and then the class's without their dashes.
 * Nobody guesses it, and no two schools have the same.
 */
export function mediaRoomName({ schoolId, liveClassId }: MediaRoom): string {
  return `${schoolId}${liveClassId}`.replaceAll("-", "");
}

/** What room that is, or null when no class of ours has such a name. Says nothing of whether there is one. */
export function readMediaRoomName(name: string): MediaRoom | null {
  if (!/^[0-9a-f]{64}$/.test(name)) return null;
  return {
    schoolId: withDashes(name.slice(0, 32)) as SchoolId,
    liveClassId: withDashes(name.slice(32)) as LiveClassId,
  };
}

function withDashes(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
