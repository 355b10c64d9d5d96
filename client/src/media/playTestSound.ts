const sampleRateHz = 16_000;
const noteSeconds = 0.28;
/** A rising third and fifth: recognised as a signal in any language. */
const notesHz = [523, 659, 784];
const wavHeaderBytes = 44;

/** Plays three soft notes over a device (null: the system's). Resolves when they end; never rejects. */
export async function playTestSound(speakerId: string | null): Promise<void> {
  const address = URL.createObjectURL(new Blob([testSoundWav()], { type: "audio/wav" }));
  const audio = new Audio(address);
  try {
    if ("setSinkId" in audio) await audio.setSinkId(speakerId ?? "");
    const ended = new Promise((resolve) => audio.addEventListener("ended", resolve));
    await audio.play();
    await ended;
  } catch {
    // A device that plays nothing is exactly what the person is finding out.
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The notes as a WAV file: one channel of 16-bit PCM (RIFF, Microsoft and IBM 1991). */
export function testSoundWav(): ArrayBuffer {
  const noteSamples = Math.round(noteSeconds * sampleRateHz);
  const dataBytes = notesHz.length * noteSamples * 2;
  const wav = new DataView(new ArrayBuffer(wavHeaderBytes + dataBytes));
  writeHeader(wav, dataBytes);
  for (const [note, hertz] of notesHz.entries())
    for (let sample = 0; sample < noteSamples; sample += 1) {
      const seconds = sample / sampleRateHz;
      const loudness = 0.3 * Math.sin((Math.PI * sample) / noteSamples);
      const value = loudness * Math.sin(2 * Math.PI * hertz * seconds);
      const at = wavHeaderBytes + (note * noteSamples + sample) * 2;
      wav.setInt16(at, Math.round(value * 0x7fff), true);
    }
  return wav.buffer;
}

function writeHeader(wav: DataView, dataBytes: number): void {
  const text = (at: number, word: string): void => {
    for (let index = 0; index < word.length; index += 1)
      wav.setUint8(at + index, word.charCodeAt(index));
  };
  text(0, "RIFF");
  wav.setUint32(4, wavHeaderBytes - 8 + dataBytes, true);
  text(8, "WAVEfmt ");
  wav.setUint32(16, 16, true);
  wav.setUint16(20, 1, true);
  wav.setUint16(22, 1, true);
  wav.setUint32(24, sampleRateHz, true);
  wav.setUint32(28, sampleRateHz * 2, true);
  wav.setUint16(32, 2, true);
  wav.setUint16(34, 16, true);
  text(36, "data");
  wav.setUint32(40, dataBytes, true);
}
