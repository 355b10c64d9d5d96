/**
 * A stream of exactly those tracks, or null for none. It is the same stream as before as long as its first track is:
 * sound that joins a picture later does not make the picture begin anew.
 */
export function mendStream(
  before: MediaStream | null,
  tracks: readonly MediaStreamTrack[],
): MediaStream | null {
  const [first] = tracks;
  if (first === undefined) return null;
  if (before?.getTracks().includes(first) !== true) return new MediaStream([...tracks]);
  for (const track of before.getTracks()) if (!tracks.includes(track)) before.removeTrack(track);
  for (const track of tracks) before.addTrack(track);
  return before;
}
