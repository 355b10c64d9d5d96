import { noMedia, type MediaProvider, type MediaSnapshot } from "../provider.ts";
import { noStatistics } from "../statistics.ts";

const nothing: MediaSnapshot = { ...noMedia, status: "connected" };

/** A class of board and chat: no device is ever opened, nothing is sent. */
export function createNoneProvider(): MediaProvider {
  const noStop = (): void => undefined;
  const nothingToDo = (): void => undefined;
  return {
    kind: "none",
    snapshot: () => nothing,
    onChange: () => noStop,
    onLevels: () => noStop,
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
    setTrack: () => Promise.resolve(),
    setDevice: () => Promise.resolve(),
    setMode: nothingToDo,
    setTeachers: nothingToDo,
    setWanted: nothingToDo,
    onForcedOff: () => noStop,
    statistics: () => Promise.resolve(noStatistics),
  };
}
