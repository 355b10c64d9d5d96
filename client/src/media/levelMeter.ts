/** Reads how loud a microphone is. */
export interface LevelMeter {
  /** Root mean square of the last moment, 0 (silence) to 1; 0 too while the browser keeps sound asleep. */
  readonly read: () => number;
  readonly close: () => void;
}

const windowSamples = 1024;

/**
 * A meter of the stream's microphone, which it neither stops nor plays. Costs nothing between reads: an
 * analyser is read when asked, where a worklet would post messages all the time.
 */
export function createLevelMeter(stream: MediaStream): LevelMeter {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(stream);
  const analyser = new AnalyserNode(context, { fftSize: windowSamples });
  source.connect(analyser);
  const samples = new Float32Array(windowSamples);
  const stopWaking = wakeOnGesture(context);
  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples);
      return rootMeanSquare(samples);
    },
    close: () => {
      stopWaking();
      source.disconnect();
      void context.close();
    },
  };
}

/** Square root of the mean square; 0 for nothing. */
export function rootMeanSquare(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  const sum = samples.reduce((total, sample) => total + sample * sample, 0);
  return Math.sqrt(sum / samples.length);
}

/** Browsers start sound only after a gesture; a page that was opened by a link has had none yet. */
function wakeOnGesture(context: AudioContext): () => void {
  const wake = (): void => {
    if (context.state === "suspended") void context.resume();
  };
  wake();
  const gestures = ["pointerdown", "keydown"] as const;
  for (const gesture of gestures) document.addEventListener(gesture, wake);
  return () => {
    for (const gesture of gestures) document.removeEventListener(gesture, wake);
  };
}
