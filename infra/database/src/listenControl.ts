import { controlChannel, controlMessageSchema, type ControlMessage } from "./control.ts";
import { listenChannel, type ChannelListener, type ChannelOptions } from "./listenChannel.ts";

/** As of any channel; `onError` is also told of a message that was not one. */
export interface ControlListenerOptions extends Omit<ChannelOptions, "onPayload"> {
  readonly onMessage: (message: ControlMessage) => void;
}

export type ControlListener = ChannelListener;

/** Listens for control messages on a connection of its own, and reconnects for as long as it is open. */
export function listenControl(url: string, options: ControlListenerOptions): ControlListener {
  return listenChannel(url, controlChannel, {
    ...options,
    onPayload: (payload) => receive(payload, options),
  });
}

function receive(payload: string, options: ControlListenerOptions): void {
  try {
    options.onMessage(controlMessageSchema.parse(JSON.parse(payload)));
  } catch (error) {
    options.onError?.(error);
  }
}
