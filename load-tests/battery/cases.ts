/** A test of the repository: the file, and what its title has in it. */
export interface TestProof {
  readonly file: string;
  readonly title: string;
}

/** A run of its own: minutes, so that it belongs to `BATTERY=long`. */
export interface LongProof {
  readonly command: readonly [script: string, ...options: string[]];
}

/** One kind of fault or bad input, and where it is shown that Darasa stands it. */
export interface BatteryCase {
  readonly id: string;
  readonly what: string;
  readonly proofs: readonly (TestProof | LongProof)[];
}

const test = (file: string, title: string): TestProof => ({ file, title });
const gateway = (file: string, title: string) => test(`realtime/test/${file}.test.ts`, title);
const long = (script: string, ...options: string[]): LongProof => ({
  command: [script, ...options],
});
const uws = "realtime/src/transport/uws.test.ts";
const chaos = test("load-tests/chaos/chaos.test.ts", "nothing that was acked is lost");
const smoke = (scenario: string) => test("load-tests/load/smoke.test.ts", scenario);

/** Wire protocol (A), durability of the chat (D), what Darasa depends on (F), load and abuse (G), clocks (H). */
export const batteryCases: readonly BatteryCase[] = [
  {
    id: "A1",
    what: "WebSocket frames of every kind (Autobahn), and the protocol's rules by a foreign client",
    proofs: [test("load-tests/conformance/conformance.test.ts", "SPEC alone"), long("conformance")],
  },
  {
    id: "A2",
    what: "frames that are no commands",
    proofs: [gateway("badInput", "[E2]"), gateway("badInput", "[E3]"), gateway("hello", "[E3]")],
  },
  {
    id: "A3",
    what: "frames that are too large",
    proofs: [
      gateway("badInput", "[F3]"),
      gateway("hello", "[F3] a frame"),
      test(uws, "far beyond"),
    ],
  },
  {
    id: "A4",
    what: "messages that never finish",
    proofs: [gateway("abuse", "never finish")],
  },
  {
    id: "A5",
    what: "strangers who say nothing or dawdle",
    proofs: [
      gateway("abuse", "[L3]"),
      gateway("hello", "[H1]"),
      test(uws, "[L3]"),
      test(uws, "[L5]"),
    ],
  },
  {
    id: "A6",
    what: "pages of other origins",
    proofs: [gateway("hello", "[F2]"), test(uws, "[F2]")],
  },
  {
    id: "D1",
    what: "gateways killed while people write",
    proofs: [chaos, gateway("chat", "after the gateway was killed"), long("chaos")],
  },
  {
    id: "D2",
    what: "one of several gateways killed while people write",
    proofs: [gateway("nodes", "[R1]"), long("chaos", "--nodes", "2")],
  },
  {
    id: "D3",
    what: "one message sent a hundred times at once on two nodes",
    proofs: [gateway("nodes", "[M2]"), gateway("chat", "[M2]")],
  },
  {
    id: "D4",
    what: "coming back after much was missed",
    proofs: [gateway("chat", "[R4]"), gateway("joining", "[R1][R4]"), gateway("chat", "[R6]")],
  },
  {
    id: "D5",
    what: "a message that was stored, and its ack lost",
    proofs: [
      test("load-tests/battery/lostAck.test.ts", "[M2]"),
      gateway("chat", "a resend does not double it"),
      chaos,
    ],
  },
  {
    id: "D6",
    what: "texts that are long, foreign or markup",
    proofs: [gateway("chat", "[M3]"), gateway("badInput", "[M3]")],
  },
  {
    id: "F1",
    what: "Redis killed, and back empty",
    proofs: [gateway("nodes", "Redis dies"), gateway("presenceNodes", "Redis dies")],
  },
  {
    id: "F2",
    what: "Redis that answers nothing, or slowly",
    proofs: [gateway("nodes", "answers nothing"), gateway("nodes", "Redis is slow")],
  },
  {
    id: "F3",
    what: "Postgres killed while people write and draw",
    proofs: [chaos, gateway("postgresAway", "[M5]"), gateway("boardLimits", "[P8]")],
  },
  {
    id: "F8",
    what: "everything killed at once under a class: the register",
    proofs: [
      test("load-tests/register/killEverything.test.ts", "when everything is killed"),
      long("chaos", "--register"),
    ],
  },
  {
    id: "F4",
    what: "Postgres that is slow, or taken up by one school",
    proofs: [
      gateway("slowPostgres", "[P8]"),
      test("api/test/slowPostgres.test.ts", "[P8]"),
      test("infra/database/src/fairPlaces.test.ts", "[P8]"),
      test("realtime/src/chat/flusher.test.ts", "[P8]"),
      test("realtime/src/board/updateLog.test.ts", "[P8]"),
    ],
  },
  { id: "F5", what: "no space left for Postgres", proofs: [long("faults", "diskFull")] },
  {
    id: "F6",
    what: "SIGTERM under load, with Postgres and without",
    proofs: [
      gateway("draining", "[C4]"),
      gateway("draining", "without Postgres"),
      gateway("drain", "[C1]"),
    ],
  },
  {
    id: "F7",
    what: "a rolling restart while people write",
    proofs: [
      test("load-tests/chaos/chaos.test.ts", "[F7]"),
      long("chaos", "--nodes", "2", "--restarts", "--kills", "6"),
    ],
  },
  {
    id: "G1",
    what: "readers that are too slow",
    proofs: [
      gateway("joining", "[L4][R4]"),
      test(uws, "[L4]"),
      smoke("slowReaders"),
      long("load", "slowReaders", "--profile", "load"),
    ],
  },
  {
    id: "G2",
    what: "all connections cut at once",
    proofs: [smoke("reconnectStorm"), long("load", "reconnectStorm", "--profile", "stress")],
  },
  {
    id: "G3",
    what: "a flood by one person",
    proofs: [gateway("abuse", "[L1]"), gateway("localNodes", "[L1]")],
  },
  {
    id: "G4",
    what: "cursors of many, many times a second",
    proofs: [
      test("realtime/src/board/boardAwareness.test.ts", "at most every 100 ms"),
      test("load-tests/faults/pointerFlood.test.ts", "[B2]"),
      long("faults", "pointers"),
    ],
  },
  {
    id: "G5",
    what: "coming, talking and going for twenty minutes",
    proofs: [
      smoke("soak"),
      long("load", "soak", "--profile", "soak"),
      long("faults", "churn", "--minutes", "20"),
    ],
  },
  {
    id: "H1",
    what: "clocks that are wrong, or set during a class",
    proofs: [
      gateway("clocks", "[T5]"),
      gateway("clocks", "the register goes by"),
      test("realtime/src/attendance/attendanceRecorder.test.ts", "whoever sets a clock"),
      test("api/test/registerClock.test.ts", "a clock of the API"),
    ],
  },
];
