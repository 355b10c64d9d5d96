import { appendFile } from "node:fs/promises";
import { createServer } from "node:http";
import pg from "pg";

/** Flushes to Postgres when it is asked to end, as the real one does. */
const { HOST, REALTIME_PORT, DATABASE_URL, DARASA_DATA_DIR } = process.env;

createServer((_request, response) => response.end("ok")).listen(Number(REALTIME_PORT), HOST);

async function flush(): Promise<void> {
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  await client.query("select 1");
  await client.end();
  await appendFile(`${DARASA_DATA_DIR ?? ""}/flushed`, "flushed\n");
}

process.on("SIGTERM", () => {
  void flush().finally(() => process.exit(0));
});
