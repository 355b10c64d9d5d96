import type { SignInKeeper } from "./createSignInKeeper.ts";
import type { components } from "./schema.d.ts";

type User = components["schemas"]["User"];

/** At most one question in this time, however often somebody changes between windows. */
const pauseMs = 60_000;

/**
 * Gives a function to call when the page is looked at again. What an administrator or another device changed
 * meanwhile about the person (role, name, preferences) is asked for then, and a sign-in that has ended is noticed.
 */
export function createUserWatch(
  keeper: Pick<SignInKeeper, "held" | "changeUser">,
  ports: { readonly load: () => Promise<User>; readonly now: () => number },
): () => Promise<void> {
  let askedAtMs = ports.now();
  return async () => {
    if (keeper.held() === null || ports.now() - askedAtMs < pauseMs) return;
    askedAtMs = ports.now();
    try {
      keeper.changeUser(await ports.load());
    } catch {
      // What is known of the person holds until the server can be asked.
    }
  };
}
