/** JSON of a `Value` whose bytes were made elsewhere, such as in a thread of its own: it is sent as it is. */
export class EncodedJson<Value> {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Only so that JSON of one thing is not taken for that of another. */
  declare readonly value: Value;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
  }
}
