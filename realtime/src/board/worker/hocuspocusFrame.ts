import { MessageType } from "@hocuspocus/server";
import { AuthMessageType } from "@hocuspocus/common";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** A frame of y-websocket as Hocuspocus wants it: with the document's name before it. */
export function encodeHocuspocusFrame(document: string, frame: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, document);
    encoding.writeUint8Array(encoder, frame);
  });
}

/** The frame that opens a document there. Who it is for was decided before; the token says nothing. */
export function encodeAuthentication(document: string): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, document);
    encoding.writeVarUint(encoder, MessageType.Auth);
    encoding.writeVarUint(encoder, AuthMessageType.Token);
    encoding.writeVarString(encoder, "checked");
  });
}

/** What becomes of a frame of Hocuspocus: a peer of y-websocket understands only some. */
export type HocuspocusReply =
  | { readonly kind: "forward"; readonly frame: Uint8Array }
  | { readonly kind: "ignore" }
  /** Hocuspocus let the connection go; it leaves the socket to its owner. */
  | { readonly kind: "over" };

const forwarded: readonly number[] = [
  MessageType.Sync,
  MessageType.Awareness,
  MessageType.QueryAwareness,
];
const closing: number = MessageType.CLOSE;
const authenticating: number = MessageType.Auth;
const denied: number = AuthMessageType.PermissionDenied;

/** @throws RangeError when it is no frame of Hocuspocus */
export function decodeHocuspocusFrame(data: Uint8Array): HocuspocusReply {
  const decoder = decoding.createDecoder(data);
  decoding.readVarString(decoder);
  const frame = data.subarray(decoder.pos);
  const type = decoding.readVarUint(decoder);
  if (forwarded.includes(type)) return { kind: "forward", frame };
  const isOver =
    type === closing || (type === authenticating && decoding.readVarUint(decoder) === denied);
  return { kind: isOver ? "over" : "ignore" };
}
