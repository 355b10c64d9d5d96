import { asSuperuser, type TestDatabase } from "@darasa/database/testing";

interface Column {
  readonly table: string;
  readonly column: string;
}

/** Where in the whole database that text stands, in any column of any table and any school: `table.column`. */
export async function scanDatabase(db: TestDatabase, text: string): Promise<string[]> {
  const columns = await asSuperuser<Column>(
    db,
    `select c.table_name as table, c.column_name as column from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`,
  );
  const looks = columns.map(
    ({ table, column }) =>
      // Bytes are looked through as they are written in hex.
      `select '${table}.${column}' as place where exists (select from "${table}"
         where position($1 in "${column}"::text) > 0
           or position(encode(convert_to($1, 'UTF8'), 'hex') in "${column}"::text) > 0)`,
  );
  const found = await asSuperuser<{ place: string }>(db, looks.join(" union all "), [text]);
  return found.map(({ place }) => place);
}
