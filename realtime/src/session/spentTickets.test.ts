import { expect, test } from "vitest";
import type { NodeBus } from "../nodes/nodeBus.ts";
import { createSpentTickets } from "./spentTickets.ts";

function spentWith(claim: NodeBus["claim"]) {
  return createSpentTickets(() => 0, claim);
}

test("[T2] a ticket that another node has seen is spent", async () => {
  const spent = spentWith((key) => Promise.resolve(key === "ticket:taken" ? "taken" : "first"));
  expect(await spent.spend("taken", 1_000)).toBe(false);
  expect(await spent.spend("free", 1_000)).toBe(true);
});

test("[T8] while the nodes cannot agree, a node knows what it has seen itself", async () => {
  const spent = spentWith(() => Promise.resolve("unknown"));
  expect(await spent.spend("a", 1_000)).toBe(true);
  expect(await spent.spend("a", 1_000)).toBe(false);
});

test("[T2] the others are asked once about a ticket, for as long as it lives", async () => {
  const asked: [string, number][] = [];
  const spent = spentWith((...question) => {
    asked.push(question);
    return Promise.resolve("first");
  });
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, async () => spent.spend("a", 1_000)),
  );
  expect(outcomes.filter(Boolean)).toHaveLength(1);
  expect(asked).toEqual([["ticket:a", 1_000]]);
});
