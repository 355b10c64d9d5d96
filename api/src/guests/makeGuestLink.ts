import { recordAudit } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import type { Context } from "hono";
import { authorizeLiveClassTeacher } from "../liveClasses/authorizeLiveClass.ts";
import { makeLink } from "../mail/makeLink.ts";
import type { UserCaller } from "../routing/access.ts";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { signGuestLink } from "./guestLink.ts";
import { lockDoor } from "./store.ts";

const hourMs = 60 * 60 * 1000;

interface WantedLink {
  readonly liveClassId: LiveClassId;
  /** Whom it is for: they come in under this name. */
  readonly name?: string | undefined;
  readonly expiresInHours: number;
  readonly skipWaitingRoom: boolean;
  /** Where the teacher's page came from. */
  readonly from: Context<ApiEnv>;
}

/**
 * A link that lets a guest in without the PIN. Nothing of it is stored: it ends with its time, with the class, or
 * with the class's code.
 * @throws DarasaError not_found, forbidden, class_ended, guests_forbidden
 */
export function makeGuestLink(
  services: Services,
  caller: UserCaller,
  { liveClassId, name, skipWaitingRoom, ...wanted }: WantedLink,
): Promise<{ url: string; expiresAtMs: number }> {
  const expiresAtMs = services.now() + wanted.expiresInHours * hourMs;
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const { row } = await authorizeLiveClassTeacher(tx, caller, liveClassId);
    if (row.status === "ended" || row.code === null) throw new DarasaError("class_ended");
    const door = await lockDoor(tx, liveClassId);
    if (door?.guestPolicy === "forbidden") throw new DarasaError("guests_forbidden");
    const jti = services.newId();
    const token = await signGuestLink(
      services,
      {
        school: caller.schoolId,
        liveClass: liveClassId,
        madeBy: caller.participantId,
        code: row.code,
        name,
        skipWaitingRoom,
        jti,
      },
      expiresAtMs,
    );
    await recordAudit(tx, {
      actor: caller,
      action: "liveClass.guestLinkMade",
      subject: { kind: "liveClass", id: liveClassId },
      details: { linkId: jti, name: name ?? null, skipWaitingRoom, expiresAtMs },
    });
    return { url: makeLink(services, wanted.from, `/join-link#${token}`), expiresAtMs };
  });
}
