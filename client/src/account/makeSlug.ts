/** As the database has it, and long enough to be told from others. */
const slugPattern = /^(?=.{2,60}$)[a-z0-9](?:-?[a-z0-9])*$/;
const maxLength = 40;

/** The short name that a school's name suggests: "Shule ya Mwenge" gives "shule-ya-mwenge". May be empty. */
export function makeSlug(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, maxLength)
    .replace(/^-|-$/g, "");
}

/** Whether it can be a school's short name. */
export function isSlug(text: string): boolean {
  return slugPattern.test(text);
}
