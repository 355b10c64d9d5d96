/** The token of an `Authorization: Bearer` header (RFC 6750 §2.1); null for any other. */
export function readBearer(authorization: string | undefined): string | null {
  const [scheme, token] = authorization?.split(" ") ?? [];
  return scheme?.toLowerCase() === "bearer" && token ? token : null;
}
