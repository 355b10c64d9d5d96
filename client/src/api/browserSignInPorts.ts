import { ApiProblem, decodeProblem } from "./ApiProblem.ts";
import type { SignInNews, SignInPorts } from "./createSignInKeeper.ts";
import type { components } from "./schema.d.ts";

type SignedIn = components["schemas"]["SignedIn"];

const lockName = "darasa.refresh";
const hintKey = "darasa.signedIn";

/** The ports of a real tab. */
export function browserSignInPorts(): SignInPorts {
  const channel = new BroadcastChannel("darasa.signIn");
  return {
    refresh,
    remembersSignIn: mayBeSignedIn,
    exclusively,
    announce: (news) => {
      rememberSignIn(news.kind === "signedIn");
      channel.postMessage(news);
    },
    onNews: (listen) => {
      channel.onmessage = (event: MessageEvent<SignInNews>) => listen(event.data);
    },
    now: () => Date.now(),
    later: (work, afterMs) => {
      const timer = setTimeout(work, afterMs);
      return () => clearTimeout(timer);
    },
  };
}

/**
 * Web Locks exist in secure contexts only. On a plain LAN address tabs may refresh at the same time; the
 * server forgives a token used twice within seconds.
 */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { locks?: LockManager };
  return locks === undefined ? work() : locks.request(lockName, work);
}

async function refresh(): Promise<SignedIn | null> {
  if (!mayBeSignedIn()) return null;
  const response = await fetch("/api/auth/refresh", { method: "POST" }).catch((error: unknown) => {
    throw new ApiProblem("unreachable", { cause: error });
  });
  if (response.ok) return (await response.json()) as SignedIn;
  const problem = decodeProblem(await response.json().catch(() => null), response);
  if (response.status !== 401) throw problem;
  rememberSignIn(false);
  return null;
}

/** The cookie cannot be seen from here; this spares those who never signed in a request on a thin network. */
function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(hintKey) !== null;
  } catch {
    return true;
  }
}

function rememberSignIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(hintKey, "1");
    else localStorage.removeItem(hintKey);
  } catch {
    // Without storage every load asks the server.
  }
}
