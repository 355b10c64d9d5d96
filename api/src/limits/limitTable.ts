import type { RateLimit } from "@darasa/protocol";

/**
 * What one limit allows, by what is counted: a person who is signed in, the address of somebody who is not, or the
 * thing that the request is about, which the verb itself counts. Buckets: `burst` at once, `perSecond` in the long run.
 */
export interface LimitRow {
  readonly person?: RateLimit;
  readonly address?: RateLimit;
  readonly subject?: RateLimit;
}

/**
 * Every limit of the API. A school sits behind one address: the bursts of addresses let a whole school in at once,
 * the rates stop guessing and floods.
 */
export const limitTable = {
  /** Pages ask for a handful of things as they open; a person who reloads by hand stays far below. */
  read: { person: { burst: 300, perSecond: 20 }, address: { burst: 3_000, perSecond: 200 } },
  /** Nobody saves more than a few things a second; a page that repeats itself does. */
  write: { person: { burst: 120, perSecond: 4 }, address: { burst: 600, perSecond: 20 } },
  /** The client's own files: some thirty for each person of a school that opens it at eight o'clock. */
  files: { address: { burst: 20_000, perSecond: 500 } },
  /** Requests whose token is worth nothing: all tabs of a school after a long night, but no guessing. */
  badToken: { address: { burst: 1_000, perSecond: 20 } },
  /** The subject is the account from that address: nobody locks another out from elsewhere. */
  login: {
    address: { burst: 100, perSecond: 2 },
    subject: { burst: 10, perSecond: 0.1 },
  },
  demo: { address: { burst: 20, perSecond: 0.5 } },
  /**
   * Every tab of a school once, as its people come back. The subject is the sign-in, whose tokens are all kept: so
   * often nobody opens a page.
   */
  refresh: {
    address: { burst: 1_000, perSecond: 20 },
    subject: { burst: 120, perSecond: 0.05 },
  },
  /** Sends mail to somebody: the subject is whom. */
  forgot: {
    address: { burst: 20, perSecond: 0.1 },
    subject: { burst: 3, perSecond: 1 / 1_200 },
  },
  /** Opening what came by mail: links cannot be guessed, and hashing a new password costs. */
  openLink: { address: { burst: 60, perSecond: 1 } },
  /**
   * Codes can be guessed, and a school's guests come from one address. The subject is the class: what one address may
   * have is a small part of it, so that a few keep nobody out.
   */
  join: {
    address: { burst: 200, perSecond: 5 },
    subject: { burst: 1_000, perSecond: 20 },
  },
  /** A media server tells of a whole school that comes at eight o'clock, from one address. */
  webhook: { address: { burst: 3_000, perSecond: 300 } },
  /** Sends mail, and opens the school: by hand, one after the other. */
  invite: {
    person: { burst: 60, perSecond: 0.5 },
    // Whom it is sent to, whoever sends it: nobody's mailbox is filled.
    subject: { burst: 5, perSecond: 1 / 1_200 },
  },
  /** Thousands of rows at once. */
  import: { person: { burst: 20, perSecond: 1 / 30 } },
  /** Reads everything of somebody. */
  export: { person: { burst: 20, perSecond: 1 / 30 } },
  /** Pictures are decoded and kept. */
  upload: { person: { burst: 20, perSecond: 0.2 } },
  /** A new tenant: a few from one address in an hour. */
  createSchool: {
    person: { burst: 20, perSecond: 0.1 },
    address: { burst: 5, perSecond: 1 / 600 },
  },
} as const satisfies Record<string, LimitRow>;

export type LimitName = keyof typeof limitTable;

/** What a limit counts. */
export type Counted = keyof LimitRow;
