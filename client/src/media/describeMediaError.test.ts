import { describe, expect, it } from "vitest";
import { describeMediaError } from "./describeMediaError.ts";

describe("describeMediaError", () => {
  it.each([
    ["NotAllowedError", "Permission denied", "denied"],
    ["NotAllowedError", "Permission denied by system", "denied_by_system"],
    ["NotAllowedError", "Permission dismissed", "dismissed"],
    ["SecurityError", "", "denied"],
    ["NotFoundError", "Requested device not found", "not_found"],
    ["NotReadableError", "Could not start video source", "in_use"],
    ["AbortError", "Starting videoinput failed", "in_use"],
    ["OverconstrainedError", "", "unsuitable"],
    ["InsecureContextError", "", "insecure"],
    ["NotSupportedError", "", "unsupported"],
    ["TypeError", "getDisplayMedia is not a function", "unsupported"],
    ["SomethingNewError", "", "unknown"],
  ])("takes %s (%s) for %s", (name, message, problem) => {
    expect(describeMediaError(new DOMException(message, name))).toBe(problem);
  });

  it("knows nothing of things that are no errors", () => {
    expect(describeMediaError("no")).toBe("unknown");
  });
});
