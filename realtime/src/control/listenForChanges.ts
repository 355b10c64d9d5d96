import { listenControl, type ControlListener, type ControlMessage } from "@darasa/database";
import { closeReasons, type ParticipantId } from "@darasa/protocol";
import { isMeant, type AccessChange } from "../access/accessChange.ts";
import type { Log } from "../log.ts";
import type { Revocations } from "../session/revocations.ts";
import type { SessionRegistry } from "../session/sessionRegistry.ts";
import type { ApplyControl } from "./applyControl.ts";
import type { Reread } from "./reread.ts";
import type { SignInWatch } from "./signInWatch.ts";

/** What a change from outside reaches. */
interface Audience {
  readonly sessions: SessionRegistry;
  readonly revocations: Revocations;
  readonly signIns: SignInWatch;
  readonly apply: ApplyControl;
  readonly reread: Reread;
  readonly boards: {
    control(message: ControlMessage): void;
    /** Never rejects for want of a database. */
    reread(): Promise<void>;
  };
  readonly log: Log;
}

/** Hears what api and gateways have changed, from now on; what was missed meanwhile is read again. */
export function listenForChanges(databaseUrl: string, audience: Audience): ControlListener {
  const { signIns, reread, boards, log } = audience;
  return listenControl(databaseUrl, {
    onMessage(message) {
      if (message.kind === "accessChanged") changeAccess(audience, message);
      else if (message.kind === "trackMuted") return;
      else if (message.kind !== "drawingsErased") audience.apply(message);
      boards.control(message);
    },
    onReconnected() {
      signIns.all();
      reread.all();
      boards.reread().catch((error: unknown) => {
        log("error", "the boards could not be re-read", { error });
      });
    },
    onError: (error) => log("warn", "control messages are not heard", { error }),
  });
}

/** Closes the sessions that it is about, at once; a ticket that they have already brings nobody back (SPEC T6). */
function changeAccess({ sessions, revocations }: Audience, change: AccessChange): void {
  revocations.add(change);
  for (const session of sessions.of(change.participantId as ParticipantId)) {
    if (isMeant(change, session.identity)) session.outbox.close(closeReasons.unauthenticated);
  }
}
