import { once } from "node:events";
import { WebSocket } from "ws";

/** Where a Prosody is asked, and what its parts are called. */
export interface XmppPlace {
  /** `ws://host:5280/xmpp-websocket` */
  readonly url: string;
  readonly domain: string;
  readonly mucDomain: string;
}

/** What became of a wish to enter a room. */
export type Entrance =
  | { readonly kind: "joined"; readonly affiliation: string; readonly role: string }
  | { readonly kind: "error"; readonly condition: string };

/** A session on the server, for as long as it is open. */
export interface XmppSession {
  /** Null: the server says nothing for `patienceMs`. */
  enter(room: string): Promise<Entrance | null>;
  close(): void;
}

export type XmppSignIn =
  | { readonly kind: "session"; readonly session: XmppSession }
  | { readonly kind: "refused"; readonly why: string };

type Login =
  { readonly token: string | null } | { readonly user: string; readonly password: string };

interface Wish {
  readonly login: Login;
  /** Where an account lives that is not on the place's own domain. */
  readonly domain?: string;
  readonly patienceMs: number;
}

const sasl = "urn:ietf:params:xml:ns:xmpp-sasl";

/**
 * Signs in at a Prosody as Jitsi's client does: XMPP in WebSocket frames (RFC 7395), SASL ANONYMOUS with the token
 * in the address, or PLAIN for an account (RFC 4505, RFC 4616), then a resource (RFC 6120 §7).
 */
export async function signInToXmpp(place: XmppPlace, wish: Wish): Promise<XmppSignIn> {
  const stream = await openStream(place, wish);
  const opening = `<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${wish.domain ?? place.domain}" version="1.0"/>`;
  stream.send(opening);
  await stream.receive(/<stream:features|<features/);
  stream.send(authentication(wish.login));
  const answer = await stream.receive(/<(?:success|failure)\b|<stream:error/);
  if (!answer?.startsWith("<success")) {
    stream.close();
    return { kind: "refused", why: readText(answer) };
  }
  stream.send(opening);
  await stream.receive(/<stream:features|<features/);
  stream.send(
    `<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>`,
  );
  const bound = await stream.receive(/id=["']bind["']/);
  const jid = /<jid>([^<]+)<\/jid>/.exec(bound ?? "")?.[1];
  if (jid === undefined) {
    stream.close();
    return { kind: "refused", why: readText(bound) };
  }
  return { kind: "session", session: makeSession(stream, place, nameInRooms(wish.login, jid)) };
}

/** Jitsi's Prosody asks that it is the beginning of an anonymous account's; Jicofo is known by its own. */
function nameInRooms(login: Login, jid: string): string {
  return "user" in login ? login.user : jid.slice(0, 8);
}

function makeSession(stream: Stream, { mucDomain }: XmppPlace, name: string): XmppSession {
  return {
    enter: async (room) => {
      const address = `${room}@${mucDomain}/${name}`;
      stream.send(
        `<presence xmlns="jabber:client" to="${address}"><x xmlns="http://jabber.org/protocol/muc"/></presence>`,
      );
      const answer = await stream.receive(/<presence\b[^>]*type=["']error["']|code=["']110["']/);
      return answer === null ? null : readEntrance(answer);
    },
    close: stream.close,
  };
}

function readEntrance(stanza: string): Entrance {
  const error = /<error\b[^>]*>\s*<([a-z-]+)/.exec(stanza)?.[1];
  if (error !== undefined) return { kind: "error", condition: error };
  const attribute = (name: string) => new RegExp(`${name}=["']([a-z]+)`).exec(stanza)?.[1] ?? "";
  return { kind: "joined", affiliation: attribute("affiliation"), role: attribute("role") };
}

function authentication(login: Login): string {
  if ("token" in login) return `<auth xmlns="${sasl}" mechanism="ANONYMOUS"/>`;
  const plain = Buffer.from(`\0${login.user}\0${login.password}`).toString("base64");
  return `<auth xmlns="${sasl}" mechanism="PLAIN">${plain}</auth>`;
}

const readText = (stanza: string | null) =>
  /<text[^>]*>([^<]*)</.exec(stanza ?? "")?.[1] ?? stanza ?? "no answer";

interface Stream {
  send(stanza: string): void;
  /** The next stanza of that kind; others are passed over. Null: none came in time, or the server hung up. */
  receive(wanted: RegExp): Promise<string | null>;
  readonly close: () => void;
}

async function openStream(place: XmppPlace, { login, patienceMs }: Wish): Promise<Stream> {
  const url = new URL(place.url);
  if ("token" in login && login.token !== null) url.searchParams.set("token", login.token);
  const socket = new WebSocket(url, "xmpp");
  const inbox: string[] = [];
  socket.on("message", (data: Buffer) => inbox.push(data.toString()));
  await once(socket, "open");
  return {
    send: (stanza) => socket.send(stanza),
    close: () => socket.terminate(),
    receive: async (wanted) => {
      const giveUp = AbortSignal.timeout(patienceMs);
      for (;;) {
        for (let next = inbox.shift(); next !== undefined; next = inbox.shift()) {
          if (wanted.test(next)) return next;
        }
        if (giveUp.aborted || socket.readyState !== WebSocket.OPEN) return null;
        await nextNews(socket, giveUp);
      }
    },
  };
}

/** Something came, the server hung up, or patience is at its end. */
async function nextNews(socket: WebSocket, giveUp: AbortSignal): Promise<void> {
  const waiting = new AbortController();
  const signal = AbortSignal.any([giveUp, waiting.signal]);
  const news = ["message", "close"].map((name) => once(socket, name, { signal }));
  await Promise.race(news).catch(() => undefined);
  waiting.abort();
  await Promise.allSettled(news);
}
