/** Reads how loud what arrives is right now, 0 to 1. */
export type ReadLevel = (receiver: RTCRtpReceiver | undefined) => number;

/** For one person's microphone, read again and again. It needs the sound to be played. */
export function createReceivedLevel(): ReadLevel {
  let lastRtpTimestamp = -1;
  return (receiver) => {
    const [source] = receiver?.getSynchronizationSources() ?? [];
    // A source that sends nothing any more keeps its last level, and its last timestamp.
    if (source === undefined || source.rtpTimestamp === lastRtpTimestamp) return 0;
    lastRtpTimestamp = source.rtpTimestamp;
    return source.audioLevel ?? 0;
  };
}
