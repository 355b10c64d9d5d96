import type { SchoolLinks } from "./schoolApi.ts";

interface OutboxMail {
  readonly to: string;
  readonly body: string;
}

/**
 * The secret in the newest mail to that address: what stands behind the # of its link to `path`. Waits until the
 * mail has been written.
 */
export async function readMailedToken(
  school: SchoolLinks,
  { to, path }: { readonly to: string; readonly path: string },
): Promise<string> {
  const accessToken = await signInAsAdmin(school);
  const link = new RegExp(`${path}#([\\w.-]+)`);
  for (;;) {
    const response = await fetch(`${school.baseUrl}/api/mails`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    if (!response.ok) throw new Error(`the outbox: ${String(response.status)}`);
    const { mails } = (await response.json()) as { mails: OutboxMail[] };
    const token = mails
      .filter((mail) => mail.to === to)
      .map(({ body }) => link.exec(body)?.[1])
      .find((found) => found !== undefined);
    if (token !== undefined) return token;
  }
}

async function signInAsAdmin(school: SchoolLinks): Promise<string> {
  const response = await fetch(`${school.baseUrl}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      school: "demo",
      email: "admin@demo.darasa",
      password: school.password,
    }),
  });
  if (!response.ok) throw new Error(`the admin: ${String(response.status)}`);
  return ((await response.json()) as { accessToken: string }).accessToken;
}
