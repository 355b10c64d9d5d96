/**
 * The WebSocket subprotocol that a client must offer (SPEC F1). A change that an older client would
 * misread gets a new name; a new field or event does not, because receivers ignore what they do not know.
 */
export const subprotocol = "darasa.v1";
