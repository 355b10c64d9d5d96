import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeAttendance, type AttendanceEvent, type ClassTime } from "./computeAttendance.ts";

const start = 1_700_000_000_000;
const minuteMs = 60_000;
const at = (minute: number) => start + minute * minuteMs;

const event = (kind: AttendanceEvent["kind"], minute: number, session = "s1"): AttendanceEvent => ({
  participantId: "p",
  sessionId: session,
  kind,
  atMs: at(minute),
});

/** The segments of the one person, in minutes of the class. */
function attend(
  events: readonly AttendanceEvent[],
  {
    ended = 60,
    now = 100,
    begun = 0,
  }: { ended?: number | null; now?: number; begun?: number } = {},
) {
  const time = { startedAtMs: at(begun), endedAtMs: ended === null ? null : at(ended) };
  const presence = computeAttendance(events, time, at(now)).get("p");
  return {
    segments: presence?.segments.map(({ fromMs, toMs }) => [
      (fromMs - start) / minuteMs,
      (toMs - start) / minuteMs,
    ]),
    minutes: presence?.minutes,
    present: presence?.present,
  };
}

describe("a session", () => {
  test("lasts from joined to left", () => {
    expect(attend([event("joined", 1), event("seen", 5), event("left", 20)])).toEqual({
      segments: [[1, 20]],
      minutes: 19,
      present: false,
    });
  });

  test("that never left ends when it was last seen", () => {
    expect(attend([event("joined", 1), event("seen", 7.5)])).toMatchObject({
      segments: [[1, 7.5]],
    });
  });

  test("that was never seen again counts for nothing", () => {
    expect(attend([event("joined", 1)])).toMatchObject({ segments: [], minutes: 0 });
  });

  test("whose joining was lost begins when it was first seen", () => {
    expect(attend([event("seen", 2), event("left", 9)])).toMatchObject({ segments: [[2, 9]] });
  });

  test("may leave and join again", () => {
    const events = [event("joined", 1), event("left", 5), event("joined", 10), event("left", 12)];
    expect(attend(events)).toMatchObject({
      segments: [
        [1, 5],
        [10, 12],
      ],
      minutes: 6,
    });
  });

  test("goes on when its place is changed, which leaves and joins in one millisecond", () => {
    const events = [event("joined", 1), event("left", 5), event("joined", 5), event("seen", 9.5)];
    expect(attend(events, { ended: null, now: 10 })).toEqual({
      segments: [[1, 10]],
      minutes: 9,
      present: true,
    });
    expect(attend([...events, event("left", 9.6)])).toMatchObject({ segments: [[1, 9.6]] });
    expect(attend([event("joined", 5), event("left", 5)])).toMatchObject({ segments: [] });
  });

  test("that left as soon as it had joined is not brought back by a heartbeat either", () => {
    const events = [event("joined", 5), event("left", 5), event("seen", 5.5)];
    expect(attend(events, { ended: null, now: 5.6 })).toEqual({
      segments: [],
      minutes: 0,
      present: false,
    });
  });

  test("is not brought back by a heartbeat that trails its leaving", () => {
    const events = [event("joined", 1), event("left", 5), event("seen", 5.1)];
    expect(attend(events, { ended: null, now: 5.2 })).toEqual({
      segments: [[1, 5]],
      minutes: 4,
      present: false,
    });
  });
});

describe("while the class runs", () => {
  const events = [event("joined", 1), event("seen", 9.5)];

  test("who was seen less than a minute ago is present until now", () => {
    expect(attend(events, { ended: null, now: 10 })).toEqual({
      segments: [[1, 10]],
      minutes: 9,
      present: true,
    });
  });

  test("who was not seen for a minute is gone since then", () => {
    expect(attend(events, { ended: null, now: 10.5 })).toEqual({
      segments: [[1, 9.5]],
      minutes: 8.5,
      present: false,
    });
  });

  test("who left is gone at once", () => {
    expect(attend([...events, event("left", 9.6)], { ended: null, now: 9.7 })).toMatchObject({
      present: false,
    });
  });
});

describe("several sessions of one person", () => {
  test("that overlap are one presence: a second tab adds nothing", () => {
    const events = [
      event("joined", 0),
      event("left", 30),
      event("joined", 10, "s2"),
      event("left", 40, "s2"),
      event("joined", 12, "s3"),
      event("left", 13, "s3"),
    ];
    expect(attend(events)).toMatchObject({ segments: [[0, 40]], minutes: 40 });
  });

  test("with a minute or less between them are one: a reload, a reconnect", () => {
    const events = [
      event("joined", 0),
      event("left", 10),
      event("joined", 11, "s2"),
      event("left", 20, "s2"),
    ];
    expect(attend(events)).toMatchObject({ segments: [[0, 20]] });
    const later = [...events.slice(0, 2), event("joined", 11.01, "s2"), event("left", 20, "s2")];
    expect(attend(later)).toMatchObject({
      segments: [
        [0, 10],
        [11.01, 20],
      ],
    });
  });

  test("one of which is still open make them present", () => {
    const events = [
      event("joined", 0),
      event("left", 4),
      event("joined", 4, "s2"),
      event("seen", 9, "s2"),
    ];
    expect(attend(events, { ended: null, now: 9.5 })).toMatchObject({ present: true });
  });
});

describe("a clock that is set while somebody is there", () => {
  test("counts no minute twice, and none beyond the class, when it goes back", () => {
    // Twenty minutes back after minute 35: what follows is told as 16 to 25.
    const events = [event("joined", 10), event("seen", 35), event("seen", 16), event("left", 25)];
    expect(attend(events)).toMatchObject({ segments: [[10, 25]], minutes: 15 });
  });

  test("counts nothing that is yet to come, when it goes ahead", () => {
    const events = [event("joined", 10), event("seen", 75)];
    expect(attend(events, { ended: null, now: 20 })).toMatchObject({ segments: [[10, 20]] });
    expect(attend(events)).toMatchObject({ segments: [[10, 60]] });
  });
});

test("only the time of the class counts", () => {
  expect(attend([event("joined", -10), event("left", 70)])).toMatchObject({ segments: [[0, 60]] });
  expect(attend([event("joined", -10), event("left", -5)])).toMatchObject({ segments: [] });
  const planned = computeAttendance(
    [event("joined", 1)],
    { startedAtMs: null, endedAtMs: null },
    at(2),
  );
  expect(planned.get("p")).toEqual({ segments: [], minutes: 0, present: false });
});

test("people are told apart", () => {
  const other = { ...event("joined", 0), participantId: "q", sessionId: "s9" };
  const presences = computeAttendance(
    [event("joined", 1), other, event("left", 2), { ...other, kind: "left", atMs: at(9) }],
    { startedAtMs: start, endedAtMs: at(60) },
    at(61),
  );
  expect([presences.get("p")?.minutes, presences.get("q")?.minutes]).toEqual([1, 9]);
});

describe("whatever was seen", () => {
  const eventArbitrary: fc.Arbitrary<AttendanceEvent> = fc.record({
    participantId: fc.constantFrom("p", "q"),
    sessionId: fc.constantFrom("s1", "s2", "s3"),
    kind: fc.constantFrom("joined", "seen", "left"),
    atMs: fc.integer({ min: start - 10 * minuteMs, max: start + 100 * minuteMs }),
  });
  const eventsArbitrary = fc.array(eventArbitrary, { maxLength: 40 });
  const timeArbitrary = fc
    .tuple(fc.integer({ min: 0, max: 90 }), fc.option(fc.integer({ min: 0, max: 90 })))
    .map(([begun, length]) => ({
      startedAtMs: at(begun),
      endedAtMs: length === null ? null : at(begun + length),
    }));
  const nowMs = at(100);

  test("order and duplicates change nothing", () => {
    fc.assert(
      fc.property(
        eventsArbitrary,
        timeArbitrary,
        fc.infiniteStream(fc.nat()),
        (events, time, random) => {
          const shuffled = [...events, ...events.slice(0, 10)]
            .map((item) => ({ item, key: random.next().value as number }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ item }) => item);
          const sorted = (all: ReturnType<typeof computeAttendance>) =>
            [...all].toSorted(([a], [b]) => a.localeCompare(b));
          expect(sorted(computeAttendance(shuffled, time, nowMs))).toEqual(
            sorted(computeAttendance(events, time, nowMs)),
          );
        },
      ),
    );
  });

  test("a session's heartbeats between its first and its last change nothing", () => {
    fc.assert(
      fc.property(eventsArbitrary, timeArbitrary, (events, time) => {
        const isInner = ({ kind, participantId, sessionId, atMs }: AttendanceEvent) => {
          const beats = events
            .filter((one) => one.kind === "seen" && one.participantId === participantId)
            .filter((one) => one.sessionId === sessionId)
            .map((one) => one.atMs);
          return kind === "seen" && Math.min(...beats) < atMs && atMs < Math.max(...beats);
        };
        const outer = events.filter((one) => !isInner(one));
        expect(computeAttendance(outer, time, nowMs)).toEqual(
          computeAttendance(events, time, nowMs),
        );
      }),
    );
  });

  test("segments are in order, apart, and never longer than the class", () => {
    fc.assert(
      fc.property(eventsArbitrary, timeArbitrary, (events, time) => {
        const endMs = time.endedAtMs ?? nowMs;
        for (const { segments, minutes } of computeAttendance(events, time, nowMs).values()) {
          let lastEndMs = -Infinity;
          for (const { fromMs, toMs } of segments) {
            expect(fromMs).toBeGreaterThanOrEqual(time.startedAtMs);
            expect(toMs).toBeLessThanOrEqual(endMs);
            expect(fromMs).toBeLessThan(toMs);
            expect(fromMs - lastEndMs).toBeGreaterThan(minuteMs);
            lastEndMs = toMs;
          }
          expect(minutes * minuteMs).toBeLessThanOrEqual(endMs - time.startedAtMs + 3_000);
        }
      }),
    );
  });

  const totalMs = (events: readonly AttendanceEvent[], time: ClassTime, person = "p") =>
    (computeAttendance(events, time, nowMs).get(person)?.segments ?? []).reduce(
      (sum, { fromMs, toMs }) => sum + toMs - fromMs,
      0,
    );

  test("to be seen once more, or to come once more, makes nobody's time shorter", () => {
    const more = eventArbitrary.filter(({ kind }) => kind !== "left");
    fc.assert(
      fc.property(eventsArbitrary, more, timeArbitrary, (events, added, time) => {
        for (const person of ["p", "q"]) {
          expect(totalMs([...events, added], time, person)).toBeGreaterThanOrEqual(
            totalMs(events, time, person),
          );
        }
      }),
    );
  });

  test("another source, however wrong its clock, adds at most the class and takes nothing away", () => {
    const skewMs = fc.integer({ min: -20 * minuteMs, max: 20 * minuteMs });
    fc.assert(
      fc.property(eventsArbitrary, eventsArbitrary, timeArbitrary, skewMs, (...world) => {
        const [gateway, media, time, skew] = world;
        const heard = media.map((one) => ({
          ...one,
          sessionId: `media ${one.sessionId}`,
          atMs: one.atMs + skew,
        }));
        const united = totalMs([...gateway, ...heard], time);
        expect(united).toBeGreaterThanOrEqual(totalMs(gateway, time));
        expect(united).toBeGreaterThanOrEqual(totalMs(heard, time));
        expect(united).toBeLessThanOrEqual((time.endedAtMs ?? nowMs) - time.startedAtMs);
      }),
    );
  });

  test("what was united stays as it is when it is united again", () => {
    fc.assert(
      fc.property(eventsArbitrary, timeArbitrary, (events, time) => {
        for (const [participantId, { segments }] of computeAttendance(events, time, nowMs)) {
          const again = segments.flatMap(({ fromMs, toMs }, place) => [
            { participantId, sessionId: `${place}`, kind: "joined", atMs: fromMs } as const,
            { participantId, sessionId: `${place}`, kind: "left", atMs: toMs } as const,
          ]);
          const ended = { ...time, endedAtMs: time.endedAtMs ?? nowMs };
          expect(computeAttendance(again, ended, nowMs).get(participantId)?.segments ?? []).toEqual(
            segments,
          );
        }
      }),
    );
  });

  test("nobody is present in a class that is over", () => {
    fc.assert(
      fc.property(eventsArbitrary, (events) => {
        const time = { startedAtMs: start, endedAtMs: at(99.9) };
        for (const { present } of computeAttendance(events, time, nowMs).values()) {
          expect(present).toBe(false);
        }
      }),
    );
  });
});
