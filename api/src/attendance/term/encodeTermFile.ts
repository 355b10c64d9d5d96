import { encodeTable } from "../../csv/encodeTable.ts";
import { encodeXlsx } from "../../csv/encodeXlsx.ts";
import { makeLocalTime } from "../../csv/table.ts";
import { tableWords, type TableLanguage } from "../tableWords.ts";
import { makeRoomRegister, type RoomTerm } from "./makeRoomRegister.ts";
import { termSheets, termTable } from "./termTables.ts";

/** A file of a term's register, or what the page reads of it: nothing but values, so that another thread can be given it. */
export type TermFile = TermTable | { readonly read: RoomTerm; readonly kind: "json" };

/** A file for people, in their language. */
export interface TermTable {
  readonly read: RoomTerm;
  readonly kind: "csv" | "xlsx";
  readonly language: TableLanguage;
  /** IANA: that of its days and times. */
  readonly timeZone: string;
}

/** Its bytes. For a large school seconds of work: see `makeTermFile`. */
export async function encodeTermFile(file: TermFile): Promise<Uint8Array<ArrayBuffer>> {
  const { read } = file;
  if (file.kind === "json") return new TextEncoder().encode(JSON.stringify(makeRoomRegister(read)));
  const { kind, language, timeZone } = file;
  const words = tableWords[language];
  const corrected = { register: makeRoomRegister(read), corrections: read.corrections };
  if (kind === "csv") {
    return new TextEncoder().encode(encodeTable(termTable(corrected, words), timeZone));
  }
  const localTime = makeLocalTime(timeZone);
  const nameOfDay = (ms: number) => new Date(localTime(ms)).toISOString().slice(0, 10);
  return encodeXlsx(termSheets(corrected, words, nameOfDay), timeZone);
}
