import { askAsAdmin } from "./admin.ts";
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
  const asAdmin = await askAsAdmin(school);
  const link = new RegExp(`${path}#([\\w.-]+)`);
  for (;;) {
    const { mails } = await asAdmin<{ mails: OutboxMail[] }>("/api/mails");
    const token = mails
      .filter((mail) => mail.to === to)
      .map(({ body }) => link.exec(body)?.[1])
      .find((found) => found !== undefined);
    if (token !== undefined) return token;
  }
}
