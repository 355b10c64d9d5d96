import { DarasaError, type LiveClassId, type ParticipantId, type SchoolId } from "@darasa/protocol";
import type { MiddlewareHandler } from "hono";
import { isOpenToAnybody, mayCall, type Access, type Caller } from "../routing/access.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import type { AccessClaims } from "../tokens/accessToken.ts";
import { isSameOrigin } from "./isSameOrigin.ts";
import { readBearer } from "./readBearer.ts";

/**
 * Lets a request pass to a route of that access, with its caller, or refuses it.
 * @throws DarasaError unauthenticated, forbidden; rate_limited for an address with too many worthless tokens
 */
export function authenticate(services: Services, access: Access): MiddlewareHandler<ApiEnv> {
  return async (http, next) => {
    if (access === "refreshCookie" && !isSameOrigin(http, services.config.PUBLIC_URL)) {
      throw new DarasaError("forbidden");
    }
    if (!isOpenToAnybody(access)) {
      const caller = await identifyCaller(services, http.req.header("authorization"));
      if (!caller) {
        await services.limits.take("badToken", "address", http.get("clientAddress"));
        throw new DarasaError("unauthenticated");
      }
      if (!mayCall(caller, access)) throw new DarasaError("forbidden");
      http.set("caller", caller);
    }
    await next();
  };
}

async function identifyCaller(
  services: Services,
  authorization: string | undefined,
): Promise<Caller | null> {
  const token = readBearer(authorization);
  const claims = token === null ? null : await services.verifyToken(token);
  return claims && callerOf(services, claims);
}

/** The token says who; the rows say whether that still holds, and with which role. */
async function callerOf(services: Services, claims: AccessClaims): Promise<Caller | null> {
  const schoolId = claims.school as SchoolId;
  const person = await services.signIns.check(schoolId, claims.signIn);
  if (person?.id !== claims.sub) return null;
  const who = {
    participantId: person.id as ParticipantId,
    schoolId,
    signInId: claims.signIn,
    name: person.name,
  };
  if (person.role === "guest") {
    return person.guestOf && isSameClass(person.guestOf, claims)
      ? { kind: "guest", ...who, guestOf: person.guestOf as LiveClassId }
      : null;
  }
  return { kind: "user", ...who, role: person.role };
}

function isSameClass(guestOf: string, claims: AccessClaims): boolean {
  return claims.guestOf === guestOf;
}
