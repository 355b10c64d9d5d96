import { createLevelMeter, type LevelMeter } from "./levelMeter.ts";

/** How loud one's own microphone is, whichever device that is at the moment. */
export interface OwnLevel {
  /** 0 to 1; 0 without an open microphone. */
  readonly read: () => number;
  readonly close: () => void;
}

/** A meter that follows `input` from one device to the next. */
export function createOwnLevel(input: () => MediaStream | null): OwnLevel {
  let meter: LevelMeter | null = null;
  let measured: MediaStream | null = null;
  const measure = (stream: MediaStream | null): void => {
    meter?.close();
    measured = stream;
    meter = stream === null ? null : createLevelMeter(stream);
  };
  return {
    read: () => {
      const stream = input();
      if (stream !== measured) measure(stream);
      return meter?.read() ?? 0;
    },
    close: () => measure(null),
  };
}
