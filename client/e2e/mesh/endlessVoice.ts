/**
 * From now on somebody speaks without a pause into every microphone that is opened while `speaks` says so: the
 * browser's own fake one beeps now and then.
 */
export function putVoiceIntoMicrophone(speaks: () => boolean): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (constraints) =>
    speaks() && constraints?.video === undefined ? Promise.resolve(makeTone()) : open(constraints);
}

function makeTone(): MediaStream {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const tone = context.createOscillator();
  tone.connect(destination);
  tone.start();
  void context.resume();
  return destination.stream;
}
