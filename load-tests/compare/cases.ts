import type { Question } from "./measure.ts";

/** One row of questions, the same for all servers. */
export interface Case extends Question {
  readonly name: string;
  readonly title: string;
  /** What is compared: processor time of a delivery, or memory of a connection. */
  readonly measure: "delivery" | "connection";
  /** Only these servers; left out: all that speak for themselves. */
  readonly servers?: readonly string[];
}

const closed = (window: number): string[] => ["-mode", "closed", "-window", String(window)];
const rate = (perSecond: number): string[] => ["-mode", "rate", "-rate", String(perSecond)];

/** What it costs when each message is stored before anybody sees it, beside the same that is not. */
const durable = ["uws", "darasa", "darasa-chat"];

/** Every row of the table, in its order. */
export const cases: readonly Case[] = [
  {
    name: "100",
    title: "1 room of 100, one message on its way",
    shape: { rooms: 1, members: 100 },
    flags: closed(1),
    measure: "delivery",
  },
  {
    name: "1000",
    title: "1 room of 1,000, one message on its way",
    shape: { rooms: 1, members: 1_000 },
    flags: closed(1),
    measure: "delivery",
  },
  {
    name: "200x5",
    title: "200 rooms of 5, one message on its way in each",
    shape: { rooms: 200, members: 5 },
    flags: closed(1),
    measure: "delivery",
  },
  {
    name: "100-w8",
    title: "1 room of 100, eight messages on their way",
    shape: { rooms: 1, members: 100 },
    flags: closed(8),
    measure: "delivery",
  },
  {
    name: "100-hot",
    title: "1 room of 100, 500 messages a second",
    shape: { rooms: 1, members: 100 },
    flags: rate(500),
    measure: "delivery",
  },
  {
    name: "1000-slow",
    title: "1 room of 1,000, 10 messages a second",
    shape: { rooms: 1, members: 1_000 },
    flags: rate(10),
    measure: "delivery",
  },
  {
    name: "idle",
    title: "10,000 connections in rooms of 50, nobody says anything",
    shape: { rooms: 200, members: 50 },
    flags: ["-mode", "idle", "-settle", "3"],
    measure: "connection",
  },
  {
    name: "chat-w4",
    title: "200 rooms of 5, four messages on their way in each; chat is stored first",
    shape: { rooms: 200, members: 5 },
    flags: closed(4),
    measure: "delivery",
    servers: durable,
  },
  {
    name: "chat-w20",
    title: "200 rooms of 5, twenty messages on their way in each; chat is stored first",
    shape: { rooms: 200, members: 5 },
    flags: closed(20),
    measure: "delivery",
    // No pointers: of several by one person only the newest is told, and here each of five has four on their way.
    servers: ["uws", "darasa-chat"],
  },
  {
    name: "chat-rate",
    title: "200 rooms of 5, 5,000 messages a second in all; chat is stored first",
    shape: { rooms: 200, members: 5 },
    flags: rate(25),
    measure: "delivery",
    servers: durable,
  },
];
