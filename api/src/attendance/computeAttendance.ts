/** What the gateway saw of one session. */
export interface AttendanceEvent {
  readonly participantId: string;
  readonly sessionId: string;
  readonly kind: "joined" | "seen" | "left";
  readonly atMs: number;
}

/** When the class ran. Before its start nobody is present; without an end it runs still. */
export interface ClassTime {
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
}

/** A stretch of presence, `fromMs` < `toMs`. */
export interface Segment {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One person's presence in the class. */
export interface Presence {
  /** In order, apart from each other by more than a minute. */
  readonly segments: readonly Segment[];
  /** To one decimal. */
  readonly minutes: number;
  /** Now, which is only possible while the class runs. */
  readonly present: boolean;
}

/** Who was seen within this time is there: twice the gateway's heartbeat. */
const presentWithinMs = 60_000;
/** A reload, a reconnect: shorter absences are none. */
const mergedGapMs = 60_000;

/**
 * Presence by participant id, from events in any order, duplicates included. A session lasts from joined to
 * left; one that never left, to when it was last seen, or until now while the class runs and that is less
 * than a minute ago. Sessions of a person are united, and all is cut to the time of the class.
 */
export function computeAttendance(
  events: readonly AttendanceEvent[],
  time: ClassTime,
  nowMs: number,
): ReadonlyMap<string, Presence> {
  const runs = time.startedAtMs !== null && time.endedAtMs === null;
  const byPerson = groupBy(events, (event) => event.participantId);
  return new Map(
    [...byPerson].map(([participantId, own]) => {
      const sessions = [...groupBy(own, (event) => event.sessionId).values()].map(readSession);
      const isPresent = (session: Session) =>
        runs && session.openSinceMs !== null && nowMs - session.lastSeenMs < presentWithinMs;
      const segments = sessions.flatMap((session) => [
        ...session.closed,
        ...stretch(session.openSinceMs, isPresent(session) ? nowMs : session.lastSeenMs),
      ]);
      const united = unite(clip(segments, time, nowMs));
      return [
        participantId,
        { segments: united, minutes: minutesOf(united), present: sessions.some(isPresent) },
      ];
    }),
  );
}

interface Session {
  readonly closed: readonly Segment[];
  readonly openSinceMs: number | null;
  readonly lastSeenMs: number;
}

const kindOrder = { joined: 0, seen: 1, left: 2 } as const;

/**
 * One gateway session may join and leave several times, and change its place at once: who joins while they are
 * there and leaves in the same millisecond goes on. A heartbeat that trails the leaving says nothing, and of all
 * others only a session's first and last do.
 */
function readSession(events: readonly AttendanceEvent[]): Session {
  const ordered = events.toSorted(
    (a, b) => a.atMs - b.atMs || kindOrder[a.kind] - kindOrder[b.kind],
  );
  const closed: Segment[] = [];
  let openSinceMs: number | null = null;
  let rejoinedAtMs: number | null = null;
  let hasLeft = false;
  let lastSeenMs = 0;
  for (const { kind, atMs } of ordered) {
    if (kind === "left") {
      closed.push(...stretch(openSinceMs, atMs));
      openSinceMs = rejoinedAtMs === atMs ? atMs : null;
      hasLeft = true;
    } else if (openSinceMs !== null || kind === "joined" || !hasLeft) {
      openSinceMs ??= atMs;
      if (kind === "joined" && openSinceMs < atMs) rejoinedAtMs = atMs;
      lastSeenMs = atMs;
    }
  }
  return { closed, openSinceMs, lastSeenMs };
}

function stretch(fromMs: number | null, toMs: number): Segment[] {
  return fromMs === null ? [] : [{ fromMs, toMs }];
}

function clip(segments: readonly Segment[], time: ClassTime, nowMs: number): Segment[] {
  if (time.startedAtMs === null) return [];
  const { startedAtMs } = time;
  const endMs = time.endedAtMs ?? nowMs;
  return segments
    .map(({ fromMs, toMs }) => ({
      fromMs: Math.max(fromMs, startedAtMs),
      toMs: Math.min(toMs, endMs),
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}

function unite(segments: readonly Segment[]): Segment[] {
  const united: Segment[] = [];
  for (const segment of segments.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = united.at(-1);
    if (!last || segment.fromMs - last.toMs > mergedGapMs) united.push(segment);
    else if (segment.toMs > last.toMs) {
      united[united.length - 1] = { fromMs: last.fromMs, toMs: segment.toMs };
    }
  }
  return united;
}

function minutesOf(segments: readonly Segment[]): number {
  const totalMs = segments.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return Math.round(totalMs / 6_000) / 10;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
