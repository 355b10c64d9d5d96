/** Where one Redis, Sentinel or node of a Cluster listens. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

type Places = readonly [Place, ...Place[]];

/** Where the nodes meet, as `REDIS_URL` says it. */
export type RedisAddress = {
  /** One for a plain one; of a cluster or of Sentinels some, and the others are learnt from them. */
  readonly places: Places;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly isEncrypted: boolean;
} & (
  | { readonly kind: "plain"; readonly database: number }
  | { readonly kind: "cluster" }
  | {
      readonly kind: "sentinel";
      /** What the Sentinels call the Redis that they watch. */
      readonly master: string;
      readonly sentinelPassword: string | undefined;
    }
);

const form =
  /^redis(?<tls>s)?(?:\+(?<kind>cluster|sentinel))?:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<places>[^/?]+)(?:\/(?<name>[^/?]*))?(?:\?sentinelPassword=(?<sentinelPassword>[^&]+))?$/;
const placeForm = /^(?<host>\[[0-9a-fA-F:]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/;

/**
 * Reads `redis://[user:password@]host[:port][/database]`, `redis+cluster://…host:port,host:port` or
 * `redis+sentinel://…host:port,host:port/master[?sentinelPassword=…]`; `rediss` is the same over TLS. What has
 * other signs than letters and digits in user and passwords is percent-encoded.
 *
 * @throws TypeError when it is none of these; the message shows nothing of it
 */
export function parseRedisAddress(text: string): RedisAddress {
  const parts = form.exec(text)?.groups;
  if (parts === undefined) throw new TypeError("is no address of a Redis");
  const { tls, user, password, kind, name = "" } = parts;
  const places = parsePlaces(parts["places"], kind === "sentinel" ? 26_379 : 6_379);
  const shared = {
    username: decode(user),
    password: decode(password),
    isEncrypted: tls !== undefined,
    places,
  };
  if (kind === "cluster") return { ...shared, kind };
  if (kind === "sentinel") {
    if (name === "") throw new TypeError("needs the master's name after the Sentinels");
    const sentinelPassword = decode(parts["sentinelPassword"]);
    return { ...shared, kind, master: name, sentinelPassword };
  }
  if (places.length > 1) throw new TypeError("has several hosts, and is no cluster");
  if (!/^\d*$/.test(name)) throw new TypeError("has a database that is no number");
  return { ...shared, kind: "plain", database: Number(name) };
}

function parsePlaces(text: string | undefined, defaultPort: number): Places {
  const [first, ...others] = (text ?? "").split(",").map((place) => parsePlace(place, defaultPort));
  if (first === undefined) throw new TypeError("has no host");
  return [first, ...others];
}

function parsePlace(text: string, defaultPort: number): Place {
  const parts = placeForm.exec(text)?.groups;
  const port = Number(parts?.["port"] ?? defaultPort);
  if (parts === undefined || port > 65_535) throw new TypeError("has a host that cannot be read");
  return { host: (parts["host"] ?? "").replace(/^\[|\]$/g, ""), port };
}

function decode(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new TypeError("has a % that encodes nothing");
  }
}
