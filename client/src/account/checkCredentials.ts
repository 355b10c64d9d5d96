import type { TextKey } from "../i18n/catalogue.ts";

export interface Credentials {
  readonly school: string;
  readonly email: string;
  readonly password: string;
}

/** What to say below each field that does not do. */
export type CredentialFaults = { readonly [Name in keyof Credentials]?: TextKey | undefined };

/** What is missing before the server need be asked. It is the server that says what is right. */
export function checkCredentials({ school, email, password }: Credentials): CredentialFaults {
  return {
    ...(school.trim() === "" ? { school: "account.schoolMissing" as const } : {}),
    ...(email.trim() === "" ? { email: "account.emailMissing" as const } : {}),
    ...(password === "" ? { password: "account.passwordMissing" as const } : {}),
  };
}

/** True when at least one field does not do. */
export function hasFaults(faults: CredentialFaults): boolean {
  return Object.keys(faults).length > 0;
}
