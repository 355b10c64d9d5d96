import { FairPlaces, type Database } from "@darasa/database";
import { createPasswordHasher } from "./passwords/passwordHasher.ts";
import { createAttemptDelays } from "./attempts/createAttemptDelays.ts";
import { makeSignInChecks } from "./signIns/signInChecks.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import { checkJitsiKeys } from "./media/jitsi/jitsiKeys.ts";
import { createRateLimiter } from "./limits/createRateLimiter.ts";
import { makeMediaConnections } from "./media/mediaConnections.ts";
import { makeMetrics } from "./operations/metrics.ts";
import { makeExportGate } from "./rights/exportGate.ts";
import { makeRecordingFolders } from "./recordings/recordingFolders.ts";
import type { Services, World } from "./services.ts";
import { makeTokenVerifier } from "./tokens/makeTokenVerifier.ts";
import { loadSigningKeys } from "./tokens/signingKeys.ts";

interface Parts extends World {
  readonly config: Config;
  readonly database: Database;
  readonly log: Log;
}

/** Two large schools at a time, and of one its whole staff room after another. */
const termPlaces = { places: 4, placesPerSchool: 2, maxWaitingPerSchool: 50 };

/** Puts together what every verb works with. Rejects when a configured key is not one. */
export async function createServices(parts: Parts): Promise<Services> {
  const keys = await loadSigningKeys(parts.config);
  await checkJitsiKeys(parts.config);
  const metrics = makeMetrics(parts.database);
  return {
    ...parts,
    keys,
    verifyToken: makeTokenVerifier(keys, parts.now),
    passwords: await createPasswordHasher(),
    signIns: makeSignInChecks(parts.database, parts.now),
    attempts: createAttemptDelays(parts),
    limits: createRateLimiter({ ...parts, onCounter: metrics.countedBy }),
    exports: makeExportGate(parts.now),
    termPlaces: new FairPlaces(termPlaces),
    metrics,
    media: makeMediaConnections(parts.log, parts.now),
    recordings: makeRecordingFolders(parts.config, parts.now),
    mail: { canSend: parts.config.SMTP_URL !== undefined },
  };
}
