import { describe, expect, it } from "vitest";
import { personActs } from "./personActs.ts";
import { personChange } from "./personChange.ts";
import type { Person } from "./person.ts";

const neema: Person = {
  id: "0f3a2c1e-0000-4000-8000-000000000001",
  name: "Neema Kimaro",
  role: "student",
  status: "active",
  email: "neema@demo.darasa",
  emailVerified: true,
  secondFactor: false,
  lastSeenAtMs: null,
};

describe("what can be done about a person", () => {
  it("is only what would change something", () => {
    expect(personActs(neema)).toEqual(["signOut", "deactivate"]);
    expect(personActs({ ...neema, secondFactor: true })).toContain("resetSecondFactor");
    expect(personActs({ ...neema, status: "deactivated" })).toEqual(["reactivate"]);
  });
});

describe("what is sent of a form", () => {
  const same = { name: " Neema Kimaro ", email: "Neema@demo.darasa", role: "student" } as const;

  it("is nothing when only spaces and capitals differ", () => {
    expect(personChange(neema, same)).toEqual({});
  });

  it("is what differs", () => {
    const change = personChange(neema, { ...same, role: "teacher", name: "Neema K." });
    expect(change).toEqual({ name: "Neema K.", role: "teacher" });
  });
});
