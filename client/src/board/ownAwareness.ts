import { Awareness } from "y-protocols/awareness";

/**
 * Awareness whose `update` event, which is what a provider sends on, tells only of this client's own state.
 * y-websocket sends back to the server what it has just got from there, which on a board of thirty pointers is most of
 * the traffic.
 */
export class OwnAwareness extends Awareness {
  override emit(...[name, args]: Parameters<Awareness["emit"]>): void {
    const origin: unknown = Array.isArray(args) ? args[1] : undefined;
    if (name === "update" && origin !== "local") return;
    super.emit(name, args);
  }
}
