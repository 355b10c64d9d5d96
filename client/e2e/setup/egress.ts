import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { signLiveKitWebhook } from "../../../infra/database/src/testing/signLiveKitWebhook.ts";
import type { AskedFile } from "../../../infra/database/src/testing/standInEgress.ts";

const gapBytes = 16 * 1024 * 1024;

/**
 * A second or so of film as MP4, made by the page's own browser. Between its index and its pictures are 16 MiB of nothing, so
 * that whoever plays it fetches parts of it, as of one of an hour.
 */
export async function filmMp4(page: Page): Promise<Buffer> {
  const film = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const pen = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(20), {
      mimeType: "video/mp4;codecs=vp9",
    });
    const chunks: Blob[] = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    recorder.start();
    for (let picture = 0; picture < 20; picture += 1) {
      if (pen) pen.fillStyle = `hsl(${String(picture * 18)} 80% 50%)`;
      pen?.fillRect(0, 0, canvas.width, canvas.height);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await new Promise((resolve) => {
      recorder.onstop = resolve;
      recorder.stop();
    });
    return [...new Uint8Array(await new Blob(chunks).arrayBuffer())];
  });
  const bytes = Buffer.from(film);
  const picturesAt = bytes.indexOf("moof") - 4;
  const gap = Buffer.alloc(gapBytes);
  gap.writeUInt32BE(gapBytes);
  gap.write("free", 4);
  // Without what tells at the very end where the pictures were before.
  const end = bytes.indexOf("mfra") - 4;
  return Buffer.concat([bytes.subarray(0, picturesAt), gap, bytes.subarray(picturesAt, end)]);
}

/** Tells the API that the file is whole, or that it could not be saved, as LiveKit does: signed over a hash of what it tells (HS256). */
export async function tellEgressEnded(
  baseUrl: string,
  told: {
    readonly apiKey: string;
    readonly apiSecret: string;
    readonly egressId: string;
    readonly file: AskedFile;
    /** How many were saved; or why it could not be. */
    readonly saved: { readonly bytes: number } | { readonly error: string };
  },
): Promise<void> {
  const { egressId, file, saved } = told;
  const { roomName, filepath: filename } = file;
  const body = JSON.stringify({
    event: "egress_ended",
    id: `EV_${randomUUID()}`,
    createdAt: String(Math.floor(Date.now() / 1000)),
    egressInfo: {
      roomName,
      egressId,
      ...("error" in saved
        ? { status: "EGRESS_FAILED", error: saved.error }
        : { status: "EGRESS_COMPLETE" }),
      fileResults: [
        { filename, duration: "1000000000", size: String("bytes" in saved ? saved.bytes : 0) },
      ],
    },
  });
  const answer = await fetch(`${baseUrl}/api/webhooks/livekit`, {
    method: "POST",
    headers: {
      "content-type": "application/webhook+json",
      authorization: signLiveKitWebhook(body, told),
    },
    body,
  });
  if (!answer.ok) throw new Error(`The API answers ${String(answer.status)}.`);
}
