import type { Interceptor, QueryResultRow } from "slonik";

/** A row did not match the schema of its statement: a fault of ours. Names the fields, never their values. */
export class RowMismatchError extends Error {
  constructor(fields: readonly string[]) {
    super(`A row does not match its schema in: ${fields.join(", ")}`);
    this.name = "RowMismatchError";
  }
}

/** Slonik attaches a schema to a statement but validates nothing by itself: this does. */
export const rowChecker: Interceptor = {
  name: "rowChecker",
  transformRow(context, _query, row) {
    const schema = context.resultParser;
    if (!schema) return row;
    const checked = schema["~standard"].validate(row);
    if (checked instanceof Promise) throw new TypeError("The schema of a row must be synchronous.");
    if (checked.issues) {
      throw new RowMismatchError(
        checked.issues.map(({ path }) => (path ?? []).map(segment).join(".")),
      );
    }
    return checked.value as QueryResultRow;
  },
};

function segment(part: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof part === "object" ? part.key : part);
}
