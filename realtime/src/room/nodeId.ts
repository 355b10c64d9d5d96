/** One gateway process from its start to its end: one that starts again is another node. */
export type NodeId = string & { readonly __node: true };
