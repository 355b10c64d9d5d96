/** Hertz, one after the other: a third upwards asks, and startles nobody. */
const tones = [659, 831] as const;
const toneSeconds = 0.14;
const loudness = 0.05;
/** A class that raises its hands together is heard once. */
const restMs = 3_000;

let lastAtMs = -Infinity;

/** A soft sound for a raised hand, at most every 3 s; silence where the browser plays none. */
export function chime(nowMs: number): void {
  if (nowMs - lastAtMs < restMs) return;
  lastAtMs = nowMs;
  try {
    play(new AudioContext());
  } catch {
    // A hand is seen without it too.
  }
}

function play(context: AudioContext): void {
  const gain = new GainNode(context, { gain: loudness });
  gain.connect(context.destination);
  tones.forEach((frequency, index) => {
    const tone = new OscillatorNode(context, { frequency, type: "sine" });
    tone.connect(gain);
    tone.start(context.currentTime + index * toneSeconds);
    tone.stop(context.currentTime + (index + 1) * toneSeconds);
    if (index === tones.length - 1) tone.onended = () => void context.close();
  });
}
