import { describe, expect, it } from "vitest";
import { emailFault, isFaultless, newPasswordFault, newSlugFault } from "./checkFields.ts";

describe("a field's fault", () => {
  it.each([
    ["", "account.emailMissing"],
    ["amina", "account.emailInvalid"],
    ["amina @school.example", "account.emailInvalid"],
    [" amina@school.example ", undefined],
    ["a@b", undefined],
  ])("of the address %j is %s", (email, fault) => {
    expect(emailFault(email)).toBe(fault);
  });

  it("of a password is its length, and nothing that only the server can judge", () => {
    expect(newPasswordFault("seven77")).toBe("account.passwordTooShort");
    expect(newPasswordFault("aaaaaaaa")).toBeUndefined();
    expect(newPasswordFault("a".repeat(129))).toBe("account.passwordTooLong");
  });

  it("of a short name is what the database would refuse", () => {
    expect(newSlugFault("shule--bora")).toBe("account.newSchoolSlugWrong");
  });

  it("keeps a form from being sent as long as there is one", () => {
    expect(isFaultless({ name: undefined })).toBe(true);
    expect(isFaultless({ name: undefined, email: "account.emailMissing" })).toBe(false);
  });
});
