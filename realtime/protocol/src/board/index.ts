export * from "./awarenessState.ts";
export * from "./boardRecord.ts";
export * from "./documentLayout.ts";
export * from "./events.ts";
export * from "./richText.ts";
export * from "./splitUpdate.ts";
export * from "./strokeCodec.ts";
