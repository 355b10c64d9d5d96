import type { SchoolRole } from "@darasa/protocol";
import { stableId } from "./stableId.ts";

interface PersonPlan {
  readonly name: string;
  readonly email: string;
  readonly role: SchoolRole;
}

interface RoomPlan<Person extends string> {
  readonly name: string;
  readonly kind: "class" | "group";
  readonly teachers: readonly Person[];
  readonly students: readonly Person[];
}

/** A small school as data: people and rooms by a short key. */
export interface SchoolPlan<Person extends string, Room extends string> {
  readonly slug: string;
  readonly name: string;
  readonly people: Readonly<Record<Person, PersonPlan>>;
  readonly rooms: Readonly<Record<Room, RoomPlan<Person>>>;
}

/** A school as it is in the database after `seedSchool`; its ids are the same in every database. */
export interface SeededSchool<Person extends string, Room extends string> {
  readonly schoolId: string;
  readonly slug: string;
  readonly name: string;
  readonly people: Readonly<Record<Person, PersonPlan & { readonly userId: string }>>;
  readonly rooms: Readonly<
    Record<Room, RoomPlan<Person> & { readonly roomId: string; readonly boardId: string }>
  >;
}

/** The plan with its ids. */
export function nameSchool<Person extends string, Room extends string>(
  plan: SchoolPlan<Person, Room>,
): SeededSchool<Person, Room> {
  const id = (kind: string, key: string) => stableId(`${plan.slug}/${kind}/${key}`);
  return {
    schoolId: stableId(plan.slug),
    slug: plan.slug,
    name: plan.name,
    people: mapValues(plan.people, (person, key) => ({ ...person, userId: id("user", key) })),
    rooms: mapValues(plan.rooms, (room, key) => ({
      ...room,
      roomId: id("room", key),
      boardId: id("board", key),
    })),
  };
}

function mapValues<Key extends string, From, To>(
  record: Readonly<Record<Key, From>>,
  change: (value: From, key: Key) => To,
): Record<Key, To> {
  const entries = Object.entries(record) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<
    Key,
    To
  >;
}
