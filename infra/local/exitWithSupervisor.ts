/**
 * Loaded before the program of a child (`node --import`): when the supervisor is gone, however it died, the
 * pipe between the two closes, and the child ends as if it had been asked to.
 */
const patienceMs = 10_000;

process.once("disconnect", () => {
  setTimeout(() => process.exit(1), patienceMs).unref();
  process.kill(process.pid, "SIGTERM");
});
// Listening on the pipe must not keep a program alive that is done.
process.channel?.unref();

export {};
