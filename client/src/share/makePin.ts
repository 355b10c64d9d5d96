const pinLength = 4;
const digits = 10;
/** The largest multiple of ten in a byte: what lies above would make some digits likelier. */
const fairBytes = 250;

/** Four digits by chance. `randomBytes` gives that many unpredictable bytes. */
export function makePin(randomBytes: (length: number) => Uint8Array): string {
  let pin = "";
  while (pin.length < pinLength) {
    for (const byte of randomBytes(pinLength)) {
      if (byte < fairBytes && pin.length < pinLength) pin += String(byte % digits);
    }
  }
  return pin;
}

/** The browser's own chance. */
export function browserRandomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
