import type { Database, FairPlaces } from "@darasa/database";
import type { PasswordHasher } from "./passwords/passwordHasher.ts";
import type { AttemptDelays } from "./attempts/attemptDelays.ts";
import type { ExportGate } from "./rights/exportGate.ts";
import type { SignInChecks } from "./signIns/signInChecks.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import type { MailSetup } from "./mail/mailSetup.ts";
import type { RateLimiter } from "./limits/rateLimiter.ts";
import type { MediaConnections } from "./media/mediaConnections.ts";
import type { RecordingFolders } from "./recordings/recordingFolders.ts";
import type { ApiMetrics } from "./operations/metrics.ts";
import type { TokenVerifier } from "./tokens/makeTokenVerifier.ts";
import type { SigningKeys } from "./tokens/signingKeys.ts";

/** Clock and chance, passed in so that tests own them. */
export interface World {
  /** Epoch ms. */
  readonly now: () => number;
  /** That many unpredictable bytes. */
  readonly randomBytes: (length: number) => Uint8Array;
  /** A new lower-case UUID. */
  readonly newId: () => string;
}

/** What every verb works with. */
export interface Services extends World {
  readonly config: Config;
  readonly database: Database;
  readonly keys: SigningKeys;
  readonly verifyToken: TokenVerifier;
  readonly passwords: PasswordHasher;
  readonly signIns: SignInChecks;
  readonly attempts: AttemptDelays;
  readonly limits: RateLimiter;
  readonly mail: MailSetup;
  readonly media: MediaConnections;
  readonly recordings: RecordingFolders;
  readonly metrics: ApiMetrics;
  readonly exports: ExportGate;
  /** For whoever reads a term, in whatever form: a large one costs seconds and hundreds of megabytes. */
  readonly termPlaces: FairPlaces;
  readonly log: Log;
}
