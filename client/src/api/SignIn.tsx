import {
  batch,
  createContext,
  createSignal,
  onCleanup,
  onMount,
  useContext,
  type JSX,
  type ParentProps,
} from "solid-js";
import { api, signInKeeper, type SignedIn, type User } from "./api.ts";
import { dataOf } from "./createApi.ts";
import { createUserWatch } from "./createUserWatch.ts";

/** What an account is entered with. */
export interface Credentials {
  /** The school's short name. */
  readonly school: string;
  readonly email: string;
  readonly password: string;
  /** Of the second factor, or a recovery code, once it was asked for. */
  readonly code?: string;
}

/** Who uses this browser, and the ways to change that. The promises reject with `ApiProblem`. */
export interface SignIn {
  /** Null for nobody; reactive. */
  readonly user: () => User | null;
  /** False until it is known whether somebody is signed in. */
  readonly ready: () => boolean;
  /** The server has not answered yet, and is being asked again. */
  readonly unreachable: () => boolean;
  /** Somebody was signed in and is not any more, without having asked for it here; until the next sign-in. */
  readonly isEnded: () => boolean;
  readonly signIn: (credentials: Credentials) => Promise<void>;
  readonly signInToDemo: (key: string) => Promise<void>;
  /** Comes in with what another way to an account has answered. */
  readonly enter: (signedIn: SignedIn) => void;
  /** Takes what has changed about the person. */
  readonly changeUser: (user: User) => void;
  /** Forgets the person here at once; the server too, if it can be reached. */
  readonly signOut: () => Promise<void>;
}

const SignInContext = createContext<SignIn>();
const retryAfterMs = 3_000;

/** Restores the sign-in from its cookie and keeps it. Mount it once. */
export function SignInProvider(props: ParentProps): JSX.Element {
  return <SignInContext.Provider value={createSignIn()}>{props.children}</SignInContext.Provider>;
}

/** The sign-in of this browser. @throws Error outside a `SignInProvider` */
export function useSignIn(): SignIn {
  const signIn = useContext(SignInContext);
  if (signIn === undefined) throw new Error("useSignIn needs a SignInProvider above it");
  return signIn;
}

function createSignIn(): SignIn {
  // The token changes every quarter of an hour; whoever shows the person need not notice.
  const [user, setUser] = createSignal<User | null>(null, {
    equals: (before, after) => JSON.stringify(before) === JSON.stringify(after),
  });
  const [ready, setReady] = createSignal(false);
  const [unreachable, setUnreachable] = createSignal(false);
  const [isEnded, setIsEnded] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  signInKeeper.onChange((held, end) => {
    batch(() => {
      setIsEnded(held === null && (end === "server" || end === "otherTab"));
      setUser(held?.user ?? null);
      if (held !== null) setReady(true);
    });
  });
  const restore = async (): Promise<void> => {
    try {
      await signInKeeper.renew(null);
      setReady(true);
      setUnreachable(false);
    } catch {
      setUnreachable(true);
      timer = setTimeout(() => void restore(), retryAfterMs);
    }
  };
  onMount(() => void restore());
  onCleanup(() => clearTimeout(timer));
  watchUser();

  return {
    user,
    ready,
    unreachable,
    isEnded,
    enter: signInKeeper.accept,
    changeUser: signInKeeper.changeUser,
    signIn: async (body) =>
      signInKeeper.accept(await dataOf(api.POST("/api/auth/login", { body }))),
    signInToDemo: async (key) =>
      signInKeeper.accept(await dataOf(api.POST("/api/auth/demo", { body: { key } }))),
    signOut: async () => {
      signInKeeper.clear();
      await dataOf(api.POST("/api/auth/logout"));
    },
  };
}

/** Asks for what has changed about the person whenever the page is looked at again. */
function watchUser(): void {
  const lookedAt = createUserWatch(signInKeeper, {
    load: () => dataOf(api.GET("/api/me")),
    now: () => Date.now(),
  });
  const look = (): void => {
    if (document.visibilityState === "visible") void lookedAt();
  };
  onMount(() => document.addEventListener("visibilitychange", look));
  onCleanup(() => document.removeEventListener("visibilitychange", look));
}
