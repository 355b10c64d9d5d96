/** The origin of transactions that write what this person did, and of no others. */
export const localOrigin: unique symbol = Symbol("drawn here");
