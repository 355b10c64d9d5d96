import type { Services } from "../../services.ts";
import { signJitsiToken, type JitsiSigningKey } from "../../tokens/signJitsiToken.ts";
import { mediaRoomName } from "../mediaRoomName.ts";
import type { JitsiServer, JitsiSigning } from "../mediaServers.ts";
import type { MediaSeat } from "../mediaSeat.ts";
import { mediaTokenLifetimeSeconds, type Video } from "../video.ts";
import { loadJitsiKeys } from "./jitsiKeys.ts";

/** The class's room on that Jitsi with the person's own token. */
export async function jitsiVideo(
  { now }: Pick<Services, "now">,
  { domain, appId, signing }: JitsiServer,
  seat: MediaSeat,
): Promise<Video> {
  const key = await signingKey(signing);
  return {
    provider: "jitsi",
    domain,
    room: mediaRoomName(seat),
    token: await signJitsiToken({ domain, appId, key }, seat, now()),
    expiresInSeconds: mediaTokenLifetimeSeconds,
  };
}

async function signingKey(signing: JitsiSigning): Promise<JitsiSigningKey> {
  if (signing.kind === "secret") {
    return { algorithm: "HS256", secret: Buffer.from(signing.secret.reveal()) };
  }
  const keys = await loadJitsiKeys(signing.privateKey.reveal(), signing.publicKey);
  return { algorithm: "RS256", kid: keys.kid, privateKey: keys.privateKey };
}
