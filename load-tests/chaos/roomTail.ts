/** What of a chat message counts here. */
export interface SeenMessage {
  readonly seq: number;
  readonly clientId: string;
  readonly senderId: string;
  readonly body: string;
}

/** The messages of a room as one client saw them, over all its connections: each once, in order, or it is a fault. */
export class RoomTail {
  readonly messages: SeenMessage[] = [];
  readonly faults: string[] = [];
  /** Times that a message came before the one that precedes it; to be repaired by joining again (SPEC R7). */
  gaps = 0;

  get lastSeq(): number {
    return this.messages.length;
  }

  /** False when messages before this one are missing: it is not taken then. */
  take(message: SeenMessage): boolean {
    if (message.seq === this.lastSeq + 1) {
      const { seq, clientId, senderId, body } = message;
      this.messages.push({ seq, clientId, senderId, body });
      return true;
    }
    if (message.seq > this.lastSeq + 1) {
      this.gaps += 1;
      return false;
    }
    this.faults.push(`${message.seq} came again after ${this.lastSeq}`);
    return true;
  }
}
