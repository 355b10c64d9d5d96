/** Limits that both sides know, so that a client can refuse before it sends. Dependency-free. */
export const limits = {
  /** UTF-8 bytes of one text frame at `/ws` (SPEC F3). */
  maxFrameBytes: 64 * 1024,
  /** UTF-8 bytes of a frame before `hello` was accepted. */
  maxHelloBytes: 4 * 1024,
  /** Bytes of one binary frame at `/yjs`. */
  maxBoardFrameBytes: 1024 * 1024,
  /** Encoded bytes of one board's document. */
  maxDocumentBytes: 16 * 1024 * 1024,
  /** UTF-8 bytes of one chat message's body. */
  maxMessageBytes: 8 * 1024,
  /** Characters (code points) of a person's name. */
  maxNameLength: 60,
  /** Characters of a command's id. */
  maxCommandIdLength: 64,
  /** Bytes of one relayed WebRTC signal, as JSON. */
  maxSignalBytes: 32 * 1024,
  /** Messages in one replay page. */
  replayPageSize: 200,
  /** Messages that a join without `since` brings. */
  recentMessages: 50,
  /** People who can be in one mesh at the same time. */
  maxMeshMembers: 6,
  /** Rooms that one session may have joined at the same time. */
  maxRoomsPerSession: 20,
  helloTimeoutMs: 5_000,
  /** What was pushed to a joined room is followed by a `head` within this long (SPEC R6). */
  headIntervalMs: 10_000,
  /** The server says something at least this often in a joined room, messages or none (`head`, SPEC R6). */
  quietHeadIntervalMs: 20_000,
  /** A client that heard nothing for this long treats the connection as dead. */
  silenceTimeoutMs: 30_000,
  /** Presence changes of a room are gathered for this long (SPEC P2). */
  presenceIntervalMs: 250,
  /** A room with more people is a hall: its list is read in pages (SPEC P10). */
  maxListedParticipants: 200,
  /** People in one page of a hall's list. */
  participantPageSize: 100,
  /** Presence changes of a hall are gathered for this long (SPEC P10). */
  hallPresenceIntervalMs: 1_000,
  /** Who has not said for so long that they still write does not (SPEC P11). */
  typingLifeMs: 6_000,
  /** Who has not said for so long where they point does not point any more (SPEC P13). */
  pointerLifeMs: 6_000,
  /** How often one reports one's connection when nothing of it changes (SPEC Q1). */
  pulseIntervalMs: 30_000,
  /** Who goes away comes back within this long, each at a time of their own (SPEC C4). */
  comeBackWithinMs: 5_000,
  attendanceHeartbeatMs: 30_000,
  /** Protocol faults within a minute before the session is closed (SPEC E3). */
  maxFaultsPerMinute: 10,
  /** Unsent bytes on one socket before it is cut as too slow (SPEC L4). */
  maxBackpressureBytes: 1024 * 1024,
  /** A peer that takes nothing of what waits for it for so long is cut as too slow (SPEC L4). */
  maxStallMs: 5_000,
} as const;

/** A token bucket per participant and group of commands: `burst` at once, `perSecond` in the long run. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

export const rateLimits = {
  chat: { perSecond: 5, burst: 10 },
  signal: { perSecond: 50, burst: 400 },
  command: { perSecond: 20, burst: 60 },
  ephemeral: { perSecond: 20, burst: 40 },
} as const satisfies Record<string, RateLimit>;
