import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";
import type { Term, TermInput } from "./term.ts";

const termRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
});

/** Days as ISO 8601 writes them: a date has no time zone to be told in. */
const columns = sql.fragment`
  term_id as id, name, to_char(starts_on, 'YYYY-MM-DD') as "startsOn", to_char(ends_on, 'YYYY-MM-DD') as "endsOn"`;

/** The school's terms, the latest first. */
export async function loadTerms(tx: SchoolTransaction): Promise<readonly Term[]> {
  return tx.any(sql.type(termRowSchema)`
    select ${columns} from terms order by starts_on desc, ends_on desc, term_id`);
}

const countSchema = z.object({ count: z.number() });

/** How many terms there are, while nobody else adds one. */
export async function countTerms(tx: SchoolTransaction): Promise<number> {
  await tx.query(sql.typeAlias("nothing")`select from schools for no key update`);
  return tx.oneFirst(sql.type(countSchema)`select count(*) from terms`);
}

/** Adds a term. */
export function storeTerm(
  tx: SchoolTransaction,
  { name, startsOn, endsOn }: TermInput,
): Promise<Term> {
  return tx.one(sql.type(termRowSchema)`
    insert into terms (school_id, name, starts_on, ends_on)
    values (app_school_id(), ${name}, ${startsOn}, ${endsOn}) returning ${columns}`);
}

/** Changes a term; null when there is none of that id. */
export function storeTermChange(
  tx: SchoolTransaction,
  id: string,
  { name, startsOn, endsOn }: TermInput,
): Promise<Term | null> {
  return tx.maybeOne(sql.type(termRowSchema)`
    update terms set name = ${name}, starts_on = ${startsOn}, ends_on = ${endsOn}
    where term_id = ${id} returning ${columns}`);
}

/** Takes a term away and gives it; null when there is none of that id. */
export function deleteTerm(tx: SchoolTransaction, id: string): Promise<Term | null> {
  return tx.maybeOne(sql.type(termRowSchema)`
    delete from terms where term_id = ${id} returning ${columns}`);
}
