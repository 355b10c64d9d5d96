import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { isPublicAddress, lookUpPublic, PrivateAddressError } from "./publicAddress.ts";

/** More no media server answers to what we ask. */
const maxAnswerBytes = 4 * 1024 * 1024;

interface PublicRequest {
  readonly method: "HEAD" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
}

/**
 * The answer of a server that a school named. It is reached at public addresses alone, whatever its name leads to at
 * that moment, and leads nowhere else: redirects are answers.
 * @throws PrivateAddressError; Error when it does not answer within `timeoutMs`, or too much
 */
export async function requestPublic(
  url: URL,
  { method, headers, body, timeoutMs }: PublicRequest,
): Promise<{ readonly status: number; readonly text: string }> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // No name is looked up for an address.
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new PrivateAddressError();
  const signal = AbortSignal.timeout(timeoutMs);
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method, headers, signal, agent: false, lookup: lookUpPublic };
    send(url, options, resolve).on("error", reject).end(body);
  });
  return { status: answer.statusCode ?? 0, text: await readText(answer) };
}

async function readText(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxAnswerBytes) throw new Error("The answer is too long.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
