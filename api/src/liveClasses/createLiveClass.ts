import { DarasaError, type LiveClassId, type RoomId, type VideoProvider } from "@darasa/protocol";
import type { SchoolTransaction } from "@darasa/database";
import { isSetUp, loadMediaServers } from "../media/mediaServers.ts";
import { authorizeRoomTeacher } from "../rooms/authorizeRoom.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { loadSchoolSettings } from "../schools/loadSchoolSettings.ts";
import { authorizeLiveClass } from "./authorizeLiveClass.ts";
import type { LiveClass } from "./liveClass.ts";
import { makeClassCode } from "./makeClassCode.ts";
import { showLiveClass } from "./showLiveClass.ts";
import { storeLiveClass, type NewLiveClass } from "./store.ts";

/** A thousand million codes: the second collision in a row would be a sign of something else. */
const maxCodeAttempts = 8;

interface Plan {
  readonly roomId: RoomId;
  readonly title: string;
  readonly startsAtMs?: number | undefined;
  /** What the school takes when it is not said. */
  readonly videoProvider?: VideoProvider | undefined;
}

/** Plans a live class, by default for now, under a code of its own. @throws DarasaError not_found, forbidden, video_not_set_up */
export function createLiveClass(
  services: Services,
  caller: UserCaller,
  plan: Plan,
): Promise<LiveClass> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await authorizeRoomTeacher(tx, caller, plan.roomId);
    const videoProvider = await chooseProvider(services, tx, { caller, plan });
    const id = await storeWithFreeCode(services, tx, {
      ...plan,
      videoProvider,
      startsAtMs: plan.startsAtMs ?? services.now(),
      createdBy: caller.participantId,
    });
    return showLiveClass(await authorizeLiveClass(tx, caller, id));
  });
}

/** A school's own choice that is not set up any more makes way for what needs no server. */
async function chooseProvider(
  services: Services,
  tx: SchoolTransaction,
  { caller: { schoolId }, plan }: { readonly caller: UserCaller; readonly plan: Plan },
): Promise<VideoProvider> {
  const servers = await loadMediaServers(services, tx, schoolId);
  if (plan.videoProvider === undefined) {
    const { videoProvider } = await loadSchoolSettings(tx);
    return isSetUp(servers, videoProvider) ? videoProvider : "mesh";
  }
  if (!isSetUp(servers, plan.videoProvider)) throw new DarasaError("video_not_set_up");
  return plan.videoProvider;
}

async function storeWithFreeCode(
  services: Services,
  tx: SchoolTransaction,
  planned: Omit<NewLiveClass, "code">,
): Promise<LiveClassId> {
  for (let attempt = 0; attempt < maxCodeAttempts; attempt += 1) {
    const code = makeClassCode(services.randomBytes);
    const id = await storeLiveClass(tx, { ...planned, code });
    if (id !== null) return id;
  }
  throw new DarasaError("busy");
}
