import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signJws } from "./jws.ts";
import { createReadTicket } from "./readTicket.ts";
import { makeTicketKey } from "./ticketKey.ts";

const key = makeTicketKey(new Uint8Array(32).fill(7));
const nowSeconds = 1_800_000_000;
const read = createReadTicket(key, () => nowSeconds * 1_000);

const gateway = {
  iss: "darasa",
  aud: "gateway",
  sub: randomUUID(),
  jti: randomUUID(),
  iat: nowSeconds,
  exp: nowSeconds + 30,
  school: randomUUID(),
  name: "Amina",
  signIn: randomUUID(),
  issuedAtMs: nowSeconds * 1_000,
};
const resume = { ...gateway, aud: "resume" };
const board = {
  ...gateway,
  aud: "board",
  document: randomUUID(),
  room: randomUUID(),
  liveClass: null,
};

test.each([
  gateway,
  resume,
  board,
  { ...gateway, guestOf: randomUUID() },
  { ...gateway, nbf: nowSeconds },
  { ...board, liveClass: randomUUID() },
])("[T1] what the API or a gateway signs is read ($aud)", (claims) => {
  expect(read(signJws(claims, key))).toEqual(claims);
});

describe("[T1] what the key has signed and is no ticket", () => {
  test.each<[string, unknown]>([
    ["iss", "elsewhere"],
    ["aud", "api"],
    ["sub", "amina"],
    ["sub", gateway.sub.toUpperCase()],
    ["jti", null],
    ["school", ["school"]],
    ["signIn", 7],
    ["guestOf", null],
    ["guestOf", "everything"],
    ["name", ""],
    ["name", { first: "Amina" }],
    ["iat", "now"],
    ["exp", nowSeconds + 0.5],
    ["exp", String(nowSeconds + 30)],
    ["nbf", null],
    ["issuedAtMs", "now"],
  ])("whose %s is %j", (claim, value) => {
    for (const ticket of [gateway, resume, board]) {
      expect(read(signJws({ ...ticket, [claim]: value }, key))).toBeNull();
    }
  });

  test.each<[string, unknown]>([
    ["document", "plan"],
    ["room", null],
    ["liveClass", ""],
  ])("for a board whose %s is %j", (claim, value) => {
    expect(read(signJws({ ...board, [claim]: value }, key))).toBeNull();
  });

  test.each(Object.keys(board).filter((claim) => claim !== "aud"))("without %s", (claim) => {
    const lacking = Object.fromEntries(Object.entries(board).filter(([name]) => name !== claim));
    expect(read(signJws(lacking, key))).toBeNull();
  });

  test("and what is no object at all", () => {
    for (const payload of [[], [gateway], {}]) expect(read(signJws(payload, key))).toBeNull();
  });
});
