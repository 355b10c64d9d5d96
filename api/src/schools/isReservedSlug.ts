/** Short names that would be taken for something of ours, or for the demo school of the embedded default. */
const reserved: ReadonlySet<string> = new Set([
  ...["admin", "api", "app", "assets", "auth", "billing", "class", "config", "darasa", "demo"],
  ...["help", "invite", "join", "join-link", "login", "mail", "me", "new", "new-school", "null"],
  ...["official", "operator", "reset", "root", "school", "schools", "security", "sign-in"],
  ...["sign-up", "static", "status", "super-admin", "support", "system", "test", "undefined"],
  ...["verify", "www"],
]);

/** Whether nobody can have that short name for a school that they make for themselves. */
export function isReservedSlug(slug: string): boolean {
  return reserved.has(slug) || slug.length < 2;
}
