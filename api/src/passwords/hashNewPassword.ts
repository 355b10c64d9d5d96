import type { Services } from "../services.ts";
import { checkNewPassword, type PasswordOwner } from "./checkNewPassword.ts";

/**
 * The hash of a password that may be set. Call it outside of any transaction: it may wait its turn while
 * connections are dear.
 * @throws DarasaError weak_password; busy when too many wait already
 */
export function hashNewPassword(
  services: Pick<Services, "passwords">,
  password: string,
  owner: PasswordOwner,
): Promise<string> {
  checkNewPassword(password, owner);
  return services.passwords.hash(password);
}
