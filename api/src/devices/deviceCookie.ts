import { createHmac, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { cookieAttributes } from "../signIns/cookieAttributes.ts";

const name = "darasa_device";
const lifetimeSeconds = 365 * 24 * 60 * 60;
/** A family's tablet or a computer of the school: the accounts used last are known. */
const maxAccounts = 8;
const idBytes = 16;
const separator = "~";

/** An account as people name it when they sign in: the school's slug and the e-mail, both in lower case. */
export interface NamedAccount {
  readonly school: string;
  readonly email: string;
}

/** `<id>.<expiry in epoch seconds>.<MAC>`: says of one account that it was signed in to here, and not of which. */
interface Entry {
  readonly text: string;
  readonly id: string;
  readonly expSeconds: number;
  readonly mac: Buffer;
}

/**
 * The id of this browser when somebody has signed in to that account with it before, else null. It proves nothing
 * of who sits before it: it only keeps those who guess elsewhere from slowing the owner down.
 */
export function readKnownDevice(
  services: Pick<Services, "keys" | "now">,
  http: Context<ApiEnv>,
  account: NamedAccount,
): string | null {
  const own = readEntries(services, http).find((entry) => isOf(services, entry, account));
  return own?.id ?? null;
}

/** From now on this browser is known for that account, for a year. */
export function rememberDevice(
  services: Services,
  http: Context<ApiEnv>,
  account: NamedAccount,
): void {
  const entries = readEntries(services, http);
  const own = entries.find((entry) => isOf(services, entry, account));
  const id = own?.id ?? Buffer.from(services.randomBytes(idBytes)).toString("base64url");
  const expSeconds = Math.floor(services.now() / 1000) + lifetimeSeconds;
  const mac = sign(services, account, { id, expSeconds }).toString("base64url");
  const others = entries.filter((entry) => entry !== own).map((entry) => entry.text);
  const kept = [`${id}.${expSeconds}.${mac}`, ...others].slice(0, maxAccounts);
  setCookie(http, name, kept.join(separator), {
    ...cookieAttributes(services, http),
    maxAge: lifetimeSeconds,
  });
}

function readEntries(services: Pick<Services, "now">, http: Context<ApiEnv>): Entry[] {
  const nowSeconds = services.now() / 1000;
  return (getCookie(http, name) ?? "")
    .split(separator, maxAccounts)
    .flatMap((text) => {
      const [id, expiry, mac] = text.split(".");
      if (!id || !expiry || !mac) return [];
      return [{ text, id, expSeconds: Number(expiry), mac: Buffer.from(mac, "base64url") }];
    })
    .filter((entry) => entry.expSeconds > nowSeconds);
}

function isOf(services: Pick<Services, "keys">, entry: Entry, account: NamedAccount): boolean {
  const mac = sign(services, account, entry);
  return entry.mac.length === mac.length && timingSafeEqual(entry.mac, mac);
}

function sign(
  { keys }: Pick<Services, "keys">,
  { school, email }: NamedAccount,
  { id, expSeconds }: Pick<Entry, "id" | "expSeconds">,
): Buffer {
  const said = JSON.stringify([school, email, id, expSeconds]);
  return createHmac("sha256", keys.device).update(said).digest();
}
