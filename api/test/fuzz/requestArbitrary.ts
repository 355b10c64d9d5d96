import fc, { type Arbitrary } from "fast-check";
import type { Operation } from "./jsonSchema.ts";
import { spoil, wildText, wildValue, type makeValidValues } from "./valueArbitrary.ts";

/** One request: what is sent, and what of it the document has a word on. */
export interface FuzzRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sent: string | Uint8Array<ArrayBuffer> | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The body as the text says it; undefined when it is no JSON. */
  readonly body: unknown;
}

const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Requests to that route: right ones, nearly right ones, and nonsense. */
export function makeRequests(
  template: string,
  operation: Operation,
  valid: ReturnType<typeof makeValidValues>,
): Arbitrary<FuzzRequest> {
  const given = (place: "path" | "query") =>
    (operation.parameters ?? []).filter((parameter) => parameter.in === place);
  const params = given("path").map(({ name, schema }) => {
    const nameable = wildText.filter((text) => !hasLoneSurrogate(text) && !/^\.{0,2}$/.test(text));
    const right = valid(schema, name === "id" ? folderOf(template) : name).filter(
      (value) => value !== "",
    ) as Arbitrary<string>;
    return [name, often(right, nameable)] as const;
  });
  const query = given("query").map(({ name, schema }) => {
    return [name, often(valid(schema, name).map(String), wildText)] as const;
  });
  const required = given("query").filter((one) => one.required);
  return fc
    .record({
      params: fc.record(Object.fromEntries(params)),
      query: fc.record(Object.fromEntries(query), {
        requiredKeys: required.map(({ name }) => name),
      }),
      body: makeBodies(operation, valid),
    })
    .map(({ params: chosen, query: asked, body }) => ({
      ...body,
      params: chosen,
      query: asked,
      path: writePath(template, chosen, asked),
    }));
}

type Body = Pick<FuzzRequest, "headers" | "sent" | "body">;

function makeBodies(
  { requestBody }: Operation,
  valid: ReturnType<typeof makeValidValues>,
): Arbitrary<Body> {
  const json = requestBody?.content["application/json"];
  if (json) {
    const right = valid(json.schema);
    const values = fc.oneof(
      { weight: 8, arbitrary: right },
      { weight: 4, arbitrary: spoil(right) },
      { weight: 1, arbitrary: wildValue },
    );
    return fc.oneof(
      { weight: 20, arbitrary: values.map((value) => sendText(JSON.stringify(value))) },
      { weight: 1, arbitrary: wildText.map(sendText) },
      { weight: 1, arbitrary: wildText.map(sendPlainText) },
    );
  }
  if (!requestBody) return fc.constant({ headers: {}, sent: undefined, body: undefined });
  const types = fc.constantFrom(...Object.keys(requestBody.content), "text/plain", "image/svg+xml");
  return fc.tuple(types, makeBytes()).map(([type, bytes]) => ({
    headers: { "content-type": type },
    sent: bytes,
    body: undefined,
  }));
}

/** No such text can be written into an address. */
function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** Bytes, and a picture with some of its own changed. */
function makeBytes(): Arbitrary<Uint8Array<ArrayBuffer>> {
  const changes = fc.array(fc.tuple(fc.nat(picture.length - 1), fc.nat(255)), { maxLength: 3 });
  const changed = changes.map((list) => {
    const bytes = new Uint8Array(picture);
    for (const [place, byte] of list) bytes[place] = byte;
    return bytes;
  });
  return fc.oneof(
    changed,
    fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
  );
}

function sendText(text: string): Body {
  return { headers: { "content-type": "application/json" }, sent: text, body: readJson(text) };
}

/** As a form of another site could. */
function sendPlainText(text: string): Body {
  return { headers: { "content-type": "text/plain" }, sent: text, body: undefined };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function often<T>(usual: Arbitrary<T>, other: Arbitrary<T>): Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: other });
}

/** `rooms` of `/api/rooms/{id}/boards`. */
function folderOf(template: string): string {
  return /([\w-]+)\/\{id\}/.exec(template)?.[1] ?? "";
}

function writePath(
  template: string,
  params: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>>,
): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    // Half a character cannot stand in an address.
    encodeURIComponent((params[name] ?? "").replaceAll(/\p{Surrogate}/gu, "\ufffd")),
  );
  const search = new URLSearchParams(query).toString();
  return search === "" ? path : `${path}?${search}`;
}
