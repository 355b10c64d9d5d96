import { randomUUID } from "node:crypto";
import {
  limits,
  type MediaState,
  type MeshMember,
  type ParticipantId,
  type SessionId,
  type Signal,
} from "@darasa/protocol";
import type { Page } from "playwright-core";
import type { MeshEvent } from "../../src/media/signallingPort.ts";
import type { HarnessWindow } from "./harnessWindow.ts";

/** Somebody at a page of their own. */
export interface MeshPerson {
  readonly page: Page;
  readonly participantId: ParticipantId;
  readonly sessionId: () => SessionId;
  readonly media: () => MediaState | null;
  /** Begins and enters the mesh with camera and microphone on. */
  readonly start: (speaks?: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The gateway's part of a mesh (SPEC V), in memory, with faults that a test can cause. */
export interface MeshHub {
  /** Takes in a page that shows the harness. `sessionId` decides who offers. */
  readonly addPerson: (page: Page, sessionId?: string) => Promise<MeshPerson>;
  /** Signals are lost until it is called with true again. */
  readonly setWire: (isWhole: boolean) => void;
  /** Forgets every membership and gives everybody a new session, as a restart of the gateway does. */
  readonly restart: () => Promise<void>;
  /** The sessions that are in, in the order of their coming. */
  readonly members: () => readonly SessionId[];
}

interface Place extends MeshMember {
  readonly page: Page;
}

/** A hub with nobody in it. */
export function createMeshHub(): MeshHub {
  const places = new Map<SessionId, Place>();
  const people: { place: Place; media: MediaState | null }[] = [];
  let isWireWhole = true;

  const tell = async ({ page }: Place, event: MeshEvent): Promise<void> => {
    if (page.isClosed()) return;
    await page.evaluate((told) => (window as unknown as HarnessWindow).mesh.tell(told), event);
  };
  const tellOthers = async (place: Place, event: MeshEvent): Promise<void> => {
    for (const other of places.values()) if (other !== place) await tell(other, event);
  };
  const leave = async (place: Place): Promise<void> => {
    if (!places.delete(place.sessionId)) return;
    await tellOthers(place, { type: "left", sessionId: place.sessionId });
  };
  const join = async (place: Place): Promise<readonly MeshMember[] | "mesh_full"> => {
    if (places.size >= limits.maxMeshMembers) return "mesh_full";
    const members = [...places.values()].map(({ sessionId, participantId }) => ({
      sessionId,
      participantId,
    }));
    places.set(place.sessionId, place);
    const { sessionId, participantId } = place;
    await tellOthers(place, { type: "joined", member: { sessionId, participantId } });
    return members;
  };
  const signal = async (place: Place, to: SessionId, said: Signal): Promise<void> => {
    const receiver = places.get(to);
    if (!isWireWhole || receiver === undefined || !places.has(place.sessionId)) return;
    await tell(receiver, { type: "signal", from: place.sessionId, signal: said });
  };

  return {
    setWire: (isWhole) => {
      isWireWhole = isWhole;
    },
    members: () => [...places.keys()],
    restart: async () => {
      places.clear();
      for (const person of people) {
        const sessionId = randomUUID() as SessionId;
        person.place = { ...person.place, sessionId };
        await tell(person.place, { type: "disconnected" });
      }
      await Promise.all(
        people.map(({ place }) =>
          place.page.evaluate(
            (session) => (window as unknown as HarnessWindow).mesh.reconnect(session),
            place.sessionId,
          ),
        ),
      );
    },
    addPerson: async (page, sessionId = randomUUID()) => {
      const participantId = randomUUID() as ParticipantId;
      const place: Place = { page, participantId, sessionId: sessionId as SessionId };
      const person = { place, media: null as MediaState | null };
      people.push(person);
      await page.exposeFunction("hubJoin", () => join(person.place));
      await page.exposeFunction("hubLeave", () => leave(person.place));
      await page.exposeFunction("hubSignal", (to: SessionId, said: Signal) =>
        signal(person.place, to, said),
      );
      await page.exposeFunction("hubMedia", (state: MediaState) => {
        person.media = state;
      });
      return {
        page,
        participantId,
        sessionId: () => person.place.sessionId,
        media: () => person.media,
        start: (speaks = false) =>
          page.evaluate(
            ([id, session, voice]) =>
              (window as unknown as HarnessWindow).mesh.start(id, session, voice),
            [participantId, person.place.sessionId, speaks] as const,
          ),
        stop: () => page.evaluate(() => (window as unknown as HarnessWindow).mesh.stop()),
      };
    },
  };
}
