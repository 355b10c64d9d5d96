import { describe, expect, it } from "vitest";
import { pairQuality } from "./pairQuality.ts";

const fine = { lossFraction: 0.01, roundTripMs: 120 };

describe("pairQuality", () => {
  it("is good on a line that loses little and answers soon", () => {
    expect(pairQuality("connected", fine)).toBe("good");
    expect(pairQuality("connected", { lossFraction: null, roundTripMs: null })).toBe("good");
  });

  it("is poor when speech gets holes, or people talk over each other", () => {
    expect(pairQuality("connected", { ...fine, lossFraction: 0.1 })).toBe("poor");
    expect(pairQuality("connected", { ...fine, roundTripMs: 900 })).toBe("poor");
  });

  it("is lost while nothing arrives, whatever was measured before", () => {
    expect(pairQuality("lost", fine)).toBe("lost");
    expect(pairQuality("failed", fine)).toBe("lost");
  });
});
