import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";

const timeoutMs = 2_000;

/** Whether this address of our own answers 2xx; its certificate may be made for another name. */
export function answersWell(url: string): Promise<boolean> {
  const options = { timeout: timeoutMs, rejectUnauthorized: false, agent: false };
  return new Promise((resolve) => {
    const get = url.startsWith("https:") ? getHttps : getHttp;
    const request = get(url, options, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(status >= 200 && status < 300);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(false));
  });
}
