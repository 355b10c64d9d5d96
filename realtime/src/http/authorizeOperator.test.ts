import { expect, test } from "vitest";
import { authorizeOperator } from "./authorizeOperator.ts";

const near = { peerAddress: "127.0.0.1", forwardedFor: "", authorization: "" };
const far = { ...near, peerAddress: "198.51.100.1" };

test("figures are for this machine", () => {
  expect(authorizeOperator(near, null)).toBe("allowed");
  expect(authorizeOperator({ ...near, peerAddress: "::1" }, "secret")).toBe("allowed");
});

test("they are hidden from all others while there is no token", () => {
  for (const caller of [
    far,
    { ...far, peerAddress: "2001:db8::1" },
    { ...far, authorization: "Bearer " },
    { ...far, authorization: "Bearer null" },
    // A proxy of this machine speaks for somebody.
    { ...near, forwardedFor: "127.0.0.1" },
    { ...near, forwardedFor: "198.51.100.1" },
  ]) {
    expect(authorizeOperator(caller, null)).toBe("hidden");
  }
});

test("with a token they are for whoever has it", () => {
  const asks = (authorization: string) => authorizeOperator({ ...far, authorization }, "secret");
  expect(asks("Bearer secret")).toBe("allowed");
  expect(asks("bearer secret")).toBe("allowed");
  for (const wrong of ["", "secret", "Basic secret", "Bearer", "Bearer Secret", "Bearer secretx"]) {
    expect(asks(wrong), wrong).toBe("unauthenticated");
  }
});
