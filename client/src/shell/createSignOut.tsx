import type { ParticipantId } from "@darasa/protocol";
import { createSignal, lazy, Show, Suspense, type JSX } from "solid-js";
import type { User } from "../api/api.ts";
import { useSignIn } from "../api/SignIn.tsx";
import type * as DeviceTraces from "../account/signOut/deviceTraces.ts";

const UnsentDialog = lazy(async () => ({
  default: (await import("../account/signOut/UnsentDialog.tsx")).UnsentDialog,
}));

/** The way out: warns of work that is on this device only, and leaves nothing of the person behind. */
export function createSignOut(user: () => User): {
  readonly leave: () => void;
  /** The warning, while there is one; place it anywhere. */
  readonly Warning: () => JSX.Element;
} {
  const signIn = useSignIn();
  const [unsent, setUnsent] = createSignal<DeviceTraces.Unsent>();

  const leave = async (): Promise<void> => {
    const person = user().id as ParticipantId;
    setUnsent(undefined);
    // Gone here in any case; a server that cannot be reached lets the sign-in run out.
    void signIn.signOut().catch(() => undefined);
    await (await loadTraces())?.forgetTraces(person);
  };
  const ask = async (): Promise<void> => {
    const found = await (await loadTraces())?.findUnsent(user().id as ParticipantId);
    if (found !== undefined && found.messages + found.boards > 0) setUnsent(found);
    else await leave();
  };
  return {
    leave: () => void ask(),
    Warning: () => (
      <Show when={unsent()}>
        {(found) => (
          <Suspense>
            <UnsentDialog
              unsent={found()}
              onStay={() => setUnsent(undefined)}
              onLeave={() => void leave()}
            />
          </Suspense>
        )}
      </Show>
    ),
  };
}

/** Undefined when it cannot be fetched: nobody is kept from signing out by a thin network. */
function loadTraces(): Promise<typeof DeviceTraces | undefined> {
  return import("../account/signOut/deviceTraces.ts").catch(() => undefined);
}
