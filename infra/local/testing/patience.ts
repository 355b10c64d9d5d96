import { vi } from "vitest";

/** Of vitest's own second a busy machine makes nothing; `expect.poll` has as long. */
const timeout = 15_000;

const { waitFor, waitUntil } = vi;
type Options<Wait extends (callback: never, options?: never) => unknown> = Parameters<Wait>[1];

function patient(options: Options<typeof waitFor>) {
  return typeof options === "number" ? options : { timeout, ...options };
}

// Files share a process: it is done once in each.
if (!waitFor.name.startsWith("patient")) {
  vi.waitFor = function patientWaitFor(callback, options) {
    return waitFor(callback, patient(options));
  };
  vi.waitUntil = function patientWaitUntil(callback, options) {
    return waitUntil(callback, patient(options));
  };
}
