/** Unsent bytes of cut peers that may wait for them to read on, so that they see why they were cut. */
const maxLingeringBytes = 64 * 1024 * 1024;

/** After so long uWebSockets.js lets go of a connection that was ended and takes nothing. */
const lingerMs = 32_000;

/** Bounds the memory of connections that were ended while something waited for them. */
export class Lingering {
  #ended: { readonly atMs: number; readonly bytes: number }[] = [];
  #bytes = 0;

  /** True when so many bytes more may wait; false: cut without a word. */
  hasRoomFor(bytes: number, nowMs: number): boolean {
    while (this.#ended[0] !== undefined && nowMs - this.#ended[0].atMs > lingerMs) {
      this.#bytes -= this.#ended.shift()?.bytes ?? 0;
    }
    if (this.#bytes + bytes > maxLingeringBytes) return false;
    this.#ended.push({ atMs: nowMs, bytes });
    this.#bytes += bytes;
    return true;
  }
}
