import exec from "k6/execution";
import type { Profile } from "../profiles.ts";
import type { LoadPerson, LoadRoom } from "../school/fillSchool.ts";
import { rooms, urls } from "./settings.ts";

/** One person of this thread's share. */
export interface Place {
  readonly person: LoadPerson;
  readonly room: LoadRoom;
  readonly url: string;
  /** Within their room, from 0. */
  readonly seat: number;
}

/** This thread's share: all of a small room, so that its people are one another's witnesses, and every n-th of a hall. */
export function shareOf({ vus, rooms: count }: Profile): Place[] {
  const mine = exec.vu.idInTest - 1;
  return rooms.flatMap((room, index) =>
    room.members.flatMap((person, seat) => {
      const owner = index < count ? index : seat;
      const url = urls[(index + seat) % urls.length] ?? "";
      return owner % vus === mine % vus ? [{ person, room, url, seat }] : [];
    }),
  );
}

/** Each of them does it, spread over so many seconds. */
export function arrive(
  places: readonly Place[],
  overSeconds: number,
  come: (place: Place, index: number) => void,
): void {
  const everyMs = 20;
  const perTurn = Math.max(1, Math.ceil((places.length * everyMs) / (overSeconds * 1000)));
  let next = 0;
  const timer = setInterval(() => {
    for (const place of places.slice(next, next + perTurn)) {
      come(place, next);
      next += 1;
    }
    if (next >= places.length) clearInterval(timer);
  }, everyMs);
}

const patienceMs = 30_000;

/** Once it holds, or after half a minute all the same: the thresholds tell what is missing then. */
export function onceOr(holds: () => boolean, go: () => void): void {
  const deadlineMs = Date.now() + patienceMs;
  const timer = setInterval(() => {
    if (!holds() && Date.now() < deadlineMs) return;
    clearInterval(timer);
    go();
  }, 50);
}

/** What is known of a session at the end. */
interface Witness {
  /** Counts what it missed. */
  check(): void;
  close(): void;
}

/** Gives what is on its way `settleMs` to arrive, has everybody look at what they missed, and then lets them go. */
export function windUp(
  settleMs: number,
  witnesses: () => readonly Witness[],
  everybody: () => readonly Witness[] = witnesses,
): void {
  setTimeout(() => {
    for (const witness of witnesses()) witness.check();
  }, settleMs);
  setTimeout(() => {
    for (const one of everybody()) one.close();
  }, settleMs * 2);
}
