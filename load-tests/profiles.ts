/** How large a run is. */
export const profileNames = ["smoke", "load", "stress", "soak"] as const;
export type ProfileName = (typeof profileNames)[number];

export const scenarioNames = [
  "joinStorm",
  "chatFanOut",
  "presenceChurn",
  "reconnectStorm",
  "soak",
  "slowReaders",
  "apiTokens",
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** What a scenario is made of. k6 reads this file, too: it imports nothing. */
export interface Profile {
  /** k6's own threads; each plays its share of the people. */
  readonly vus: number;
  readonly rooms: number;
  /** People in each. */
  readonly size: number;
  /** One more room with so many, or none. */
  readonly hall: number;
  /** Everybody comes within so long. */
  readonly arriveSeconds: number;
  /** What happens then goes on for so long. */
  readonly seconds: number;
  /** In each room, by its first person. */
  readonly messagesPerSecond: number;
}

const small = { vus: 2, hall: 0, arriveSeconds: 1, seconds: 3, messagesPerSecond: 0 };

/** The sizes. On two cores k6 and the server share the machine: stress finds where that ends. */
export const profiles: Readonly<Record<ScenarioName, Readonly<Record<ProfileName, Profile>>>> = {
  joinStorm: sizes({ ...small, rooms: 60, size: 5, seconds: 1 }, [
    { rooms: 400, size: 5, arriveSeconds: 2, seconds: 10 },
    { rooms: 2_000, size: 5, arriveSeconds: 2, seconds: 10, vus: 4 },
    { rooms: 400, size: 5, arriveSeconds: 10, seconds: 1_200 },
  ]),
  chatFanOut: sizes({ ...small, rooms: 20, size: 5, hall: 100, messagesPerSecond: 5 }, [
    { rooms: 200, hall: 1_000, arriveSeconds: 5, seconds: 60, messagesPerSecond: 2 },
    { rooms: 400, hall: 4_000, arriveSeconds: 10, seconds: 60, messagesPerSecond: 5, vus: 4 },
    { rooms: 100, hall: 500, arriveSeconds: 5, seconds: 1_200, messagesPerSecond: 1 },
  ]),
  presenceChurn: sizes({ ...small, rooms: 10, size: 10, hall: 60 }, [
    { rooms: 30, size: 30, hall: 1_000, arriveSeconds: 5, seconds: 60 },
    { rooms: 100, size: 30, hall: 5_000, arriveSeconds: 10, seconds: 60, vus: 4 },
    { rooms: 30, size: 30, hall: 500, arriveSeconds: 5, seconds: 1_200 },
  ]),
  reconnectStorm: sizes({ ...small, rooms: 60, size: 5, messagesPerSecond: 2 }, [
    { rooms: 400, arriveSeconds: 5, seconds: 15, messagesPerSecond: 1 },
    { rooms: 1_000, arriveSeconds: 10, seconds: 15, messagesPerSecond: 1, vus: 4 },
    { rooms: 200, arriveSeconds: 5, seconds: 30, messagesPerSecond: 1 },
  ]),
  soak: sizes({ ...small, rooms: 20, size: 5, messagesPerSecond: 1 }, [
    { rooms: 100, arriveSeconds: 5, seconds: 120 },
    { rooms: 400, arriveSeconds: 10, seconds: 300, vus: 4 },
    { rooms: 100, arriveSeconds: 10, seconds: 1_200 },
  ]),
  slowReaders: sizes({ ...small, rooms: 2, size: 3, seconds: 4, messagesPerSecond: 200 }, [
    { rooms: 6, size: 6, seconds: 60 },
    { rooms: 12, size: 12, seconds: 60 },
    { rooms: 4, size: 6, seconds: 600 },
  ]),
  apiTokens: sizes({ ...small, rooms: 1, size: 40, seconds: 2 }, [
    // A class takes 300 guests unless the school's operator says otherwise.
    { size: 300, arriveSeconds: 5, seconds: 10 },
    { size: 300, arriveSeconds: 2, seconds: 10, vus: 4 },
    { size: 300, arriveSeconds: 60, seconds: 600 },
  ]),
};

/** Those after smoke are smoke with other numbers. */
function sizes(
  smoke: Profile,
  [load, stress, soak]: readonly [Partial<Profile>, Partial<Profile>, Partial<Profile>],
): Record<ProfileName, Profile> {
  return {
    smoke,
    load: { ...smoke, ...load },
    stress: { ...smoke, ...stress },
    soak: { ...smoke, ...soak },
  };
}

/** How many come in all. */
export function peopleOf({ rooms, size, hall }: Profile): number {
  return rooms * size + hall;
}
