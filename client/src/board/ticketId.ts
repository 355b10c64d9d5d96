/** The `jti` of a ticket, unverified: by it the server names a connection to the one who opened it. */
export function ticketId(ticket: string): string {
  try {
    const payload = (ticket.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims: unknown = JSON.parse(atob(payload));
    if (typeof claims !== "object" || claims === null || !("jti" in claims)) return "";
    return typeof claims.jti === "string" ? claims.jti : "";
  } catch {
    return "";
  }
}
