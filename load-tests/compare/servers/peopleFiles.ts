import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillGroups } from "../../school/fillSchool.ts";
import type { Shape } from "./server.ts";

/** Files that tell the generator who may come. */
export interface PeopleFiles {
  /** Of a school with such rooms, made when first asked for; `part` tells apart those who come to different gateways. */
  path(shape: Shape, part?: number): Promise<string>;
  remove(): Promise<void>;
}

/** So many of a room are teachers, who may point in a hall too (SPEC P13); the others learn. */
const teachersEach = 32;
/** As the generator's tickets say. */
const name = "Person";

/** In a folder of their own; `ticketKey` is in them. */
export async function createPeopleFiles(
  superuserUrl: string,
  ticketKey: string,
): Promise<PeopleFiles> {
  const folder = await mkdtemp(join(tmpdir(), "darasa-people-"));
  const files = new Map<string, string>();
  return {
    async path({ rooms, members }, part = 0) {
      const key = `${rooms}x${members}-${part}`;
      const found = files.get(key);
      if (found !== undefined) return found;
      const school = await fillGroups(superuserUrl, { rooms, size: members, teachersEach, name });
      const file = join(folder, key);
      const lines = school.rooms.flatMap(({ roomId, members: people }) =>
        people.map(({ participantId }) => `${roomId} ${participantId}\n`),
      );
      await writeFile(file, `${ticketKey} ${school.schoolId}\n${lines.join("")}`);
      files.set(key, file);
      return file;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
