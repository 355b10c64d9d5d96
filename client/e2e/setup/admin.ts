import type { SchoolLinks } from "./schoolApi.ts";

/** Asks the API as the demo school's administrator, and returns what it answered. */
export type AskAsAdmin = <Reply>(path: string, body?: unknown) => Promise<Reply>;

/** Signs the administrator in, beside whatever browsers there are. */
export async function askAsAdmin(school: SchoolLinks): Promise<AskAsAdmin> {
  const { password } = school;
  const { accessToken } = await ask<{ accessToken: string }>(`${school.baseUrl}/api/auth/login`, {
    body: { school: "demo", email: "admin@demo.darasa", password },
  });
  return (path, body) => ask(school.baseUrl + path, { body, accessToken });
}

/** A link by which one person can have an account of that role. */
export async function inviteByLink(school: SchoolLinks, role: string): Promise<string> {
  const asAdmin = await askAsAdmin(school);
  const { link } = await asAdmin<{ link: string }>("/api/invitations", {
    role,
    link: { maxUses: 1, expiresInDays: 1 },
  });
  return link;
}

async function ask<Reply>(
  address: string,
  { body, accessToken }: { readonly body?: unknown; readonly accessToken?: string },
): Promise<Reply> {
  const response = await fetch(address, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "content-type": "application/json",
      ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${address}: ${String(response.status)}`);
  return (await response.json()) as Reply;
}
