import { DarasaError } from "@darasa/protocol";
import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { User } from "./user.ts";

/**
 * The caller, as the rows said at most 5 s ago; what this process has changed since is seen at once.
 * @throws DarasaError unauthenticated when the sign-in has just ended
 */
export async function getMe(services: Services, caller: Caller): Promise<User> {
  const user = await services.signIns.check(caller.schoolId, caller.signInId);
  if (!user) throw new DarasaError("unauthenticated");
  return user;
}
