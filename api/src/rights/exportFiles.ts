import type { SchoolTransaction } from "@darasa/database";
import type { ParticipantId } from "@darasa/protocol";
import { computeAttendance } from "../attendance/computeAttendance.ts";
import { loadPicture } from "../pictures/store.ts";
import type { ArchiveFile } from "./encodeZip.ts";
import { exportReadme } from "./exportReadme.ts";
import {
  loadClasses,
  loadEvents,
  readAudit,
  readBoards,
  readCorrections,
  readDrawings,
  readMails,
  readMessages,
  readProfile,
  readRecordings,
  readRooms,
  readSignIns,
  type ExportPage,
  type ExportRow,
  type ReadPage,
} from "./exportStore.ts";

/** Of one kind of thing: so much is written, and the rest is said to be missing. */
export const maxExportRows = 200_000;
const pageSize = 1_000;
/** A class brings the hundreds of times along that somebody was seen in it. */
const classPageSize = 50;

/** What an export reads with: each page in a transaction of its own. */
export interface ExportSource {
  readonly participantId: ParticipantId;
  readonly pictureId: string | null;
  readonly nowMs: number;
  readonly inSchool: <T>(work: (tx: SchoolTransaction) => Promise<T>) => Promise<T>;
}

const rowFiles: readonly (readonly [name: string, read: ReadPage])[] = [
  ["person.json", readProfile],
  ["sign-ins.json", readSignIns],
  ["rooms.json", readRooms],
  ["messages.json", readMessages],
  ["corrections.json", readCorrections],
  ["recordings.json", readRecordings],
  ["boards.json", readBoards],
  ["drawings.json", readDrawings],
  ["mails.json", readMails],
  ["audit.json", readAudit],
];

interface Rows {
  /** How many a page has. */
  readonly size: number;
  readonly read: ReadPage;
  /** Called when there are more than an export takes. */
  readonly onCut: () => void;
}

/** All files of a person's export; each is read when it is written, and the last tells what was left out. */
export function* makeExportFiles(source: ExportSource): Generator<ArchiveFile> {
  const cut: string[] = [];
  const rowFile = (name: string, size: number, read: ReadPage): ArchiveFile => {
    const onCut = () => void cut.push(name);
    return { name, chunks: encodeArray(readPages(source, { size, read, onCut })) };
  };
  for (const [name, read] of rowFiles) yield rowFile(name, pageSize, read);
  yield rowFile("live-classes.json", classPageSize, (tx, page) =>
    readClassPage(tx, page, source.nowMs),
  );
  if (source.pictureId !== null) yield pictureFile(source, source.pictureId);
  yield { name: "README.txt", chunks: exportReadme(cut) };
}

async function* readPages(
  { participantId, inSchool }: ExportSource,
  { size, read, onCut }: Rows,
): AsyncGenerator<readonly ExportRow[]> {
  for (let offset = 0; offset < maxExportRows; offset += size) {
    const rows = await inSchool((tx) => read(tx, { participantId, offset, size }));
    yield rows;
    if (rows.length < size) return;
  }
  onCut();
}

/** A JSON array, one row a line. */
async function* encodeArray(pages: AsyncIterable<readonly ExportRow[]>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const rows of pages) {
    const lines = rows.map((row) => JSON.stringify(row));
    if (lines.length === 0) continue;
    yield separator + lines.join(",\n");
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** Classes with what the gateways saw of the person in them, and what follows from it. */
async function readClassPage(
  tx: SchoolTransaction,
  page: ExportPage,
  nowMs: number,
): Promise<readonly ExportRow[]> {
  const classes = await loadClasses(tx, page);
  const ids = classes.map(({ liveClassId }) => liveClassId);
  const events = await loadEvents(tx, page.participantId, ids);
  return classes.map((row) => {
    const own = events.filter(({ liveClassId }) => liveClassId === row.liveClassId);
    const presence = computeAttendance(own, row, nowMs).get(page.participantId);
    const { startedAtMs, endedAtMs, ...rest } = row;
    return {
      ...rest,
      startedAt: isoOf(startedAtMs),
      endedAt: isoOf(endedAtMs),
      minutes: presence?.minutes ?? 0,
      present: (presence?.segments ?? []).map(({ fromMs, toMs }) => ({
        from: isoOf(fromMs),
        to: isoOf(toMs),
      })),
      seen: own
        .toSorted((a, b) => a.atMs - b.atMs)
        .map(({ kind, atMs, sessionId }) => ({ at: isoOf(atMs), kind, sessionId })),
    };
  });
}

function isoOf(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}

function pictureFile({ inSchool }: ExportSource, id: string): ArchiveFile {
  async function* read(): AsyncGenerator<Uint8Array> {
    const picture = await inSchool((tx) => loadPicture(tx, id));
    if (picture) yield picture.body;
  }
  return { name: "picture", isCompressed: true, chunks: read() };
}
