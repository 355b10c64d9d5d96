import type { RoomEvent } from "@darasa/protocol";
import { createRoot, createSignal } from "solid-js";
import { describe, expect, test } from "vitest";
import { createListeners } from "../connection/listeners.ts";
import { makeFakeEnvironment } from "../connection/test/fakeEnvironment.ts";
import { initialRoom, reduceRoom } from "../room/reduceRoom.ts";
import { amina, makeJoinAck, makeMessage, me, roomId } from "../room/test/roomFixtures.ts";
import { createTypingTeller, createTypists } from "./typing.ts";

describe("[P11] telling that one writes", () => {
  function setUp() {
    const environment = makeFakeEnvironment();
    const told: boolean[] = [];
    return { environment, told, teller: createTypingTeller((is) => told.push(is), environment) };
  }

  test("is done at the first letter, and again no sooner than after 3 s", () => {
    const { environment, told, teller } = setUp();
    for (let letters = 1; letters <= 50; letters += 1) {
      teller.wrote("x".repeat(letters));
      environment.pass(200);
    }
    expect(told).toEqual([true, true, true, true]);
  });

  test("a word that is begun too soon after the last is told when it may be", () => {
    const { environment, told, teller } = setUp();
    teller.wrote("x");
    environment.pass(1_000);
    teller.stopped();
    teller.wrote("y");
    environment.pass(1_999);
    expect(told).toEqual([true, false]);
    environment.pass(1);
    expect(told).toEqual([true, false, true]);
  });

  test("ends when it is sent, left or blank, and is said once", () => {
    const { environment, told, teller } = setUp();
    teller.wrote("x");
    environment.pass(1);
    teller.wrote("  ");
    teller.stopped();
    expect(told).toEqual([true, false]);
    environment.pass(3_000);
    teller.wrote("y");
    environment.pass(1);
    teller.stopped();
    expect(told).toEqual([true, false, true, false]);
  });

  test("who has only opened the field says nothing", () => {
    const { told, teller } = setUp();
    teller.wrote("");
    teller.stopped();
    expect(told).toEqual([]);
  });
});

describe("[P11] who writes", () => {
  function setUp() {
    const environment = makeFakeEnvironment();
    const events = createListeners<RoomEvent>();
    const joined = reduceRoom(initialRoom(me, "student"), {
      type: "joined",
      ack: makeJoinAck(),
      since: null,
    });
    const [state, setState] = createSignal(joined);
    const typists = createRoot(() => createTypists({ state, onEvent: events.listen }, environment));
    const say = (participantId: typeof me, typing: boolean) =>
      events.tell({ type: "typing", room: roomId, participantId, typing });
    return { environment, events, typists, say, joined, setState };
  }

  test("does so until they say otherwise", () => {
    const { typists, say } = setUp();
    say(amina, true);
    expect(typists()).toEqual([amina]);
    say(amina, false);
    expect(typists()).toEqual([]);
  });

  test("is believed for 6 s after they last said so", () => {
    const { environment, typists, say } = setUp();
    say(amina, true);
    environment.pass(4_000);
    say(amina, true);
    environment.pass(5_999);
    expect(typists()).toEqual([amina]);
    environment.pass(1);
    expect(typists()).toEqual([]);
  });

  test("has done so when the message is there, and when they are gone", () => {
    const { events, typists, say } = setUp();
    say(amina, true);
    events.tell({ type: "chatMessage", room: roomId, ...makeMessage(1) });
    expect(typists()).toEqual([]);
    say(amina, true);
    events.tell({ type: "presence", room: roomId, present: [], gone: [amina], count: 1 });
    expect(typists()).toEqual([]);
  });

  test("is never oneself, in another window", () => {
    const { typists, say } = setUp();
    say(me, true);
    expect(typists()).toEqual([]);
  });
});
