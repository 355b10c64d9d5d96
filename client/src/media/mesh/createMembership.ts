import { DarasaError, errorTable, type ErrorCode, type MeshMember } from "@darasa/protocol";
import type { ProviderStatus } from "../provider.ts";
import type { MeshEvent, SignallingPort } from "../signallingPort.ts";

/** One's own place in the mesh, kept through full meshes, lost connections and new gateway sessions. */
export interface Membership {
  readonly status: () => ProviderStatus;
  /** Why `status` is `refused`, else null. */
  readonly refusal: () => ErrorCode | null;
  /** Resolves when the first attempt is decided. Never rejects. */
  readonly enter: () => Promise<void>;
  /** Out, until `enter`. */
  readonly leave: () => Promise<void>;
}

export interface MembershipOptions {
  readonly port: SignallingPort;
  /** False where the browser has no WebRTC, or a policy took it away: then one is refused without asking. */
  readonly isPossible: boolean;
  /** Calls `run` once after `delayMs`; the returned function cancels that. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Those who are there, those who come and go, and what they say, in order, while one is in. */
  readonly onMember: (member: MeshMember) => void;
  readonly onOther: (event: Extract<MeshEvent, { type: "left" | "signal" }>) => void;
  /** One is in; said again after each new session. */
  readonly onEntered: () => void;
  /** One's session is another one now: nobody met so far can be signalled any more. */
  readonly onNewSession: () => void;
  /** One is out until further notice: full, not allowed, or taken over by another window. */
  readonly onRefused: () => void;
  readonly onChange: () => void;
}

/** How often it is looked whether somebody has left a full mesh. */
const fullRetryMs = 15_000;
const firstRetryMs = 2_000;
const slowestRetryMs = 30_000;

/** Outside, until `enter`. */
export function createMembership(options: MembershipOptions): Membership {
  return new MeshMembership(options);
}

class MeshMembership implements Membership {
  readonly #options: MembershipOptions;
  #status: ProviderStatus = "idle";
  #refusal: ErrorCode | null = null;
  /** Counts attempts, so that the answer to an overtaken one is not taken for the present one's. */
  #attempt = 0;
  #failures = 0;
  #isIn = false;
  #isOver = false;
  /** What the room said between asking to join and reading the answer. */
  #held: MeshEvent[] = [];
  #stopListening: () => void = () => undefined;
  #cancelRetry: () => void = () => undefined;

  constructor(options: MembershipOptions) {
    this.#options = options;
  }

  readonly status = (): ProviderStatus => this.#status;
  readonly refusal = (): ErrorCode | null => this.#refusal;

  readonly enter = async (): Promise<void> => {
    if (!this.#options.isPossible) {
      this.#refuse("unavailable");
      return;
    }
    this.#isOver = false;
    this.#stopListening = this.#options.port.onMeshEvent(this.#heard);
    this.#show("connecting");
    await this.#join();
  };

  readonly leave = async (): Promise<void> => {
    this.#stop();
    this.#show("idle");
    await this.#options.port.leaveMesh();
  };

  async #join(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#cancelRetry();
    this.#isIn = false;
    this.#held = [];
    let members: readonly MeshMember[];
    try {
      members = await this.#options.port.joinMesh();
    } catch (error) {
      if (attempt === this.#attempt) this.#failed(error);
      return;
    }
    if (attempt === this.#attempt) this.#entered(members);
  }

  #entered(members: readonly MeshMember[]): void {
    this.#isIn = true;
    this.#failures = 0;
    this.#show("connected");
    for (const member of members) this.#meet(member);
    for (const event of this.#held.splice(0)) this.#heard(event);
    this.#options.onEntered();
  }

  #failed(error: unknown): void {
    const code = error instanceof DarasaError ? error.code : "internal";
    this.#failures += 1;
    if (code === "mesh_full") this.#retryAfter(fullRetryMs);
    else if (errorTable[code].retryable)
      this.#retryAfter(Math.min(slowestRetryMs, firstRetryMs * 2 ** (this.#failures - 1)));
    if (code === "mesh_full" || !errorTable[code].retryable) this.#refuse(code);
  }

  #retryAfter(delayMs: number): void {
    this.#cancelRetry = this.#options.after(delayMs, () => void this.#join());
  }

  #refuse(code: ErrorCode): void {
    this.#refusal = code;
    this.#show("refused");
    this.#options.onRefused();
  }

  readonly #heard = (event: MeshEvent): void => {
    switch (event.type) {
      case "joined":
      case "left":
      case "signal":
        if (this.#isIn) this.#heardInside(event);
        else this.#held.push(event);
        return;
      case "disconnected":
        this.#lost();
        return;
      case "reconnected":
        this.#options.onNewSession();
        void this.#join();
    }
  };

  #heardInside(event: Extract<MeshEvent, { type: "joined" | "left" | "signal" }>): void {
    if (event.type === "joined") this.#meet(event.member);
    else if (event.type === "left" && event.sessionId === this.#options.port.sessionId)
      this.#takenOver();
    else this.#options.onOther(event);
  }

  /** A second window of the same person has taken this one's place (SPEC V1); to fight for it helps nobody. */
  #takenOver(): void {
    this.#stop();
    this.#refuse("conflict");
  }

  #lost(): void {
    this.#attempt += 1;
    this.#cancelRetry();
    this.#isIn = false;
    if (this.#status !== "refused") this.#show("reconnecting");
  }

  #meet(member: MeshMember): void {
    if (member.participantId !== this.#options.port.participantId) this.#options.onMember(member);
  }

  #stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#attempt += 1;
    this.#cancelRetry();
    this.#stopListening();
  }

  #show(status: ProviderStatus): void {
    this.#status = status;
    if (status !== "refused") this.#refusal = null;
    this.#options.onChange();
  }
}
