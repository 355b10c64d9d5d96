import { createServer } from "node:http";

/** Says what a test asks for: its environment, and that it is ready. */
const { HOST, PORT } = process.env;

if (process.env["STAND_IN_BREAKS"] === "api") {
  console.error("The settings are not usable: STAND_IN");
  process.exit(1);
}

createServer((request, response) => {
  response.end(request.url === "/environment" ? JSON.stringify(process.env) : "ok");
}).listen(Number(PORT), HOST);

process.on("SIGTERM", () => {
  setTimeout(() => process.exit(0), Number(process.env["STAND_IN_DRAINS_MS"] ?? 0));
});
