import type { SignInAsked, SignInRow, Reader } from "@darasa/database";
import type { ResumeTicket, ResumeTicketClaims } from "@darasa/protocol";
import { inGroups } from "../access/inGroups.ts";
import type { Identity, Session } from "../room/room.ts";
import { tell } from "../room/tell.ts";
import { signTicket, type IssuerParts } from "./signTicket.ts";

/** Gives a session the ticket of its person's next connection (SPEC T7). */
export type SignResumeTicket = (identity: Identity) => ResumeTicket;

/** It says what the ticket said that opened this connection. */
export function createSignResumeTicket(parts: IssuerParts): SignResumeTicket {
  return ({ participantId, schoolId, name, signInId, guestOf }) =>
    signTicket(parts, "resume", {
      sub: participantId,
      school: schoolId,
      name,
      signIn: signInId,
      guestOf: guestOf ?? undefined,
    });
}

/**
 * Whether what a resume ticket stands for is as it was: the sign-in holds, the account is open or the guest not
 * removed, the school is not suspended, the name is the same. One query for all who come at the same moment.
 *
 * @throws DarasaError unavailable
 */
export function createStillHolds(
  reader: Pick<Reader, "readSignIns">,
): (claims: ResumeTicketClaims) => Promise<boolean> {
  const ask = inGroups<SignInAsked, SignInRow | null>((schoolId, asked) =>
    reader.readSignIns(schoolId, asked),
  );
  return async ({ school, sub, signIn, name, guestOf }) => {
    const row = await ask(school, { participantId: sub, signInId: signIn, roomId: null });
    return row !== null && row.name === name && row.is_account === (guestOf === undefined);
  };
}

/** Sees to it that nobody's newest resume ticket is ever about to end. */
export interface ResumeRenewal {
  /** This session has just got one. */
  given(session: Session): void;
  /** The session is gone. */
  forget(session: Session): void;
  /** Gives a newer one to those whose ticket is old; call it every second. */
  beat(): void;
}

interface RenewalParts {
  readonly sign: SignResumeTicket;
  /** Ms by a clock that nobody sets. */
  readonly uptimeMs: () => number;
  /** How old a ticket may become. */
  readonly renewAfterMs: number;
}

/** A signature costs some microseconds: a whole school that came at once is spread over a minute. */
const maxRenewalsAtOnce = 400;

/** Those who got theirs first are the first to get the next. */
export function createResumeRenewal({ sign, uptimeMs, renewAfterMs }: RenewalParts): ResumeRenewal {
  const givenAtMs = new Map<Session, number>();

  function given(session: Session): void {
    givenAtMs.delete(session);
    // A whole number takes no memory of its own beside the entry.
    givenAtMs.set(session, Math.floor(uptimeMs()));
  }

  return {
    given,
    forget: (session) => void givenAtMs.delete(session),
    beat() {
      const due: Session[] = [];
      for (const [session, atMs] of givenAtMs) {
        if (due.length >= maxRenewalsAtOnce || atMs + renewAfterMs > uptimeMs()) break;
        due.push(session);
      }
      for (const session of due) {
        given(session);
        tell(session, { type: "resumeTicket", ...sign(session.identity) });
      }
    },
  };
}
