import { DarasaError } from "@darasa/protocol";
import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { loadUser } from "./loadUser.ts";
import type { User } from "./user.ts";

/** The caller, as the rows say now. @throws DarasaError unauthenticated when the sign-in has just ended */
export async function getMe(services: Services, caller: Caller): Promise<User> {
  const user = await services.database.inSchool(caller.schoolId, (tx) =>
    loadUser(tx, caller.signInId, services.now()),
  );
  if (!user) throw new DarasaError("unauthenticated");
  return user;
}
