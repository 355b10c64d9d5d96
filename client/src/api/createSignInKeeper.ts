import type { components } from "./schema.d.ts";

type User = components["schemas"]["User"];
type SignedIn = components["schemas"]["SignedIn"];

/** Who is signed in, with the token that proves it to the API. It lives in memory only. */
export interface HeldSignIn {
  readonly accessToken: string;
  readonly expiresAtMs: number;
  readonly user: User;
}

/** What the tabs of one browser tell each other; they share the refresh cookie, so they share the person. */
export type SignInNews =
  { readonly kind: "signedIn"; readonly held: HeldSignIn } | { readonly kind: "signedOut" };

/**
 * Why nobody is signed in: it was asked for here, in another tab, or the server says that the sign-in has ended.
 * `nobody` was here before either.
 */
export type SignInEnd = "here" | "otherTab" | "server" | "nobody";

/** What the keeper needs of its surroundings. */
export interface SignInPorts {
  /** A new token for the refresh cookie; null when nobody is signed in. @throws ApiProblem otherwise */
  readonly refresh: () => Promise<SignedIn | null>;
  /** Somebody was signed in on this device when it was last heard of. */
  readonly remembersSignIn: () => boolean;
  /** Runs `work` while no other tab runs its own. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  readonly announce: (news: SignInNews) => void;
  readonly onNews: (listen: (news: SignInNews) => void) => void;
  readonly now: () => number;
  /** Runs `work` after `afterMs`; returns how to call it off. */
  readonly later: (work: () => void, afterMs: number) => () => void;
}

export interface SignInKeeper {
  readonly held: () => HeldSignIn | null;
  /** Takes what a sign-in answered; the other tabs follow. */
  readonly accept: (signedIn: SignedIn) => void;
  /** Takes what has changed about the person, if it is still the same one; the other tabs follow. */
  readonly changeUser: (user: User) => void;
  /** Forgets the person here and in the other tabs. Does not tell the server. */
  readonly clear: () => void;
  /**
   * A token that is not `spent`: one that came meanwhile, else by one refresh that all callers share, in all
   * tabs. Null when nobody is signed in any more. @throws ApiProblem when that cannot be known now
   */
  readonly renew: (spent: string | null) => Promise<HeldSignIn | null>;
  readonly onChange: (listen: SignInListener) => void;
}

type SignInListener = (held: HeldSignIn | null, end: SignInEnd) => void;

/** A token is renewed this long before its end. */
const renewAheadMs = 60_000;
const retryAfterMs = 15_000;

/** Keeps the access token fresh and the tabs of agreeing opinion. */
export function createSignInKeeper(ports: SignInPorts): SignInKeeper {
  const listeners = new Set<SignInListener>();
  let held: HeldSignIn | null = null;
  let renewing: Promise<HeldSignIn | null> | null = null;
  let cancelTimer = (): void => undefined;

  const hold = <Next extends HeldSignIn | null>(next: Next, end: SignInEnd = "nobody"): Next => {
    held = next;
    cancelTimer();
    if (next !== null) renewAfter(Math.max(0, next.expiresAtMs - renewAheadMs - ports.now()));
    for (const listen of listeners) listen(next, end);
    return next;
  };
  const renewAfter = (delayMs: number): void => {
    const again = (): void => renewAfter(retryAfterMs);
    cancelTimer = ports.later(() => void renew(held?.accessToken ?? null).catch(again), delayMs);
  };
  const fresh = (spent: string | null): HeldSignIn | null =>
    held !== null && held.accessToken !== spent ? held : null;
  const share = (next: HeldSignIn): HeldSignIn => {
    ports.announce({ kind: "signedIn", held: next });
    return hold(next);
  };
  const refresh = async (): Promise<HeldSignIn | null> => {
    const end = held !== null || ports.remembersSignIn() ? "server" : "nobody";
    const signedIn = await ports.refresh();
    return signedIn === null ? hold(null, end) : share(toHeld(signedIn, ports.now()));
  };
  // Another tab may have been first while this one waited for its turn.
  const refreshOnce = async (spent: string | null): Promise<HeldSignIn | null> =>
    fresh(spent) ?? (await refresh());
  const renew = (spent: string | null): Promise<HeldSignIn | null> => {
    const newer = fresh(spent);
    if (newer !== null) return Promise.resolve(newer);
    renewing ??= ports.exclusively(() => refreshOnce(spent)).finally(() => (renewing = null));
    return renewing;
  };

  ports.onNews((news) => void hold(news.kind === "signedIn" ? news.held : null, "otherTab"));
  return {
    held: () => held,
    accept: (signedIn) => void share(toHeld(signedIn, ports.now())),
    changeUser: (user) => {
      if (held?.user.id === user.id) share({ ...held, user });
    },
    clear: () => {
      hold(null, "here");
      ports.announce({ kind: "signedOut" });
    },
    renew,
    onChange: (listen) => void listeners.add(listen),
  };
}

function toHeld({ accessToken, expiresInSeconds, user }: SignedIn, nowMs: number): HeldSignIn {
  return { accessToken, expiresAtMs: nowMs + expiresInSeconds * 1000, user };
}
