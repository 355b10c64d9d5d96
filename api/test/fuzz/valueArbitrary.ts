import fc, { type Arbitrary } from "fast-check";
import type { ApiDocument, JsonSchema } from "./jsonSchema.ts";

/** What a test knows to be worth trying, by the name of a field; `anyId` for everything that is an id. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

const awkwardTexts = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udfff\ud800",
  "\u202Eevil",
  "\u200b",
  "\ufeff",
  "👩‍👩‍👧‍👦",
  "e\u0301".repeat(40),
  "İıßſ",
  "__proto__",
  "constructor",
  "null",
  "NaN",
  "1e999",
  "-0",
  "' or 1=1 --",
  "{1,2}",
  "\\x00",
  "%00%2e%2e%2f",
  "../../../etc/passwd",
  "<script>alert(1)</script>",
  "=1+1",
  "a@b.example",
  "x".repeat(300),
  "𝕏".repeat(2_000),
];

/** Texts that nobody types, and some that somebody does. */
export const wildText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...awkwardTexts),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme", maxLength: 80 }),
);

/** Anything that JSON can say. */
export const wildValue: Arbitrary<unknown> = fc.oneof(
  wildText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(0, -1, 1.5, 1e308, 2 ** 53, -(2 ** 63), true, null, [], {}),
);

/** Makes values that the schema allows, with its bounds among them. */
export function makeValidValues(document: ApiDocument, known: KnownValues) {
  const valid = (schema: JsonSchema, name = ""): Arbitrary<unknown> => {
    const { $ref, anyOf, oneOf, allOf } = schema;
    if ($ref) return valid(resolve(document, $ref), name);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if ("const" in schema) return fc.constant(schema.const);
    const choices = anyOf ?? oneOf;
    if (choices) return fc.oneof(...choices.map((choice) => valid(choice, name)));
    if (allOf) {
      const parts = fc.tuple(...allOf.map((part) => valid(part, name)));
      return parts.map((values) => Object.assign({}, ...values) as unknown);
    }
    const types = [schema.type ?? "object"].flat();
    return fc.oneof(...types.map((type) => validOfType(type, schema, name)));
  };

  const validOfType = (type: string, schema: JsonSchema, name: string): Arbitrary<unknown> => {
    switch (type) {
      case "string":
        return validText(schema, name);
      case "integer":
        return validInteger(schema);
      case "number":
        return fc.double({ noNaN: true, noDefaultInfinity: true });
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      case "array": {
        const minLength = schema.minItems ?? 0;
        const maxLength = Math.min(schema.maxItems ?? 3, minLength + 3);
        return fc.array(valid(schema.items ?? {}, name), { minLength, maxLength });
      }
      default:
        return validObject(schema);
    }
  };

  const validText = (schema: JsonSchema, name: string): Arbitrary<string> => {
    const { minLength = 0, maxLength = 60, pattern, format } = schema;
    const own = pattern
      ? fc.stringMatching(new RegExp(pattern, "u"))
      : fc.oneof(
          fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 40) }),
          wildText.filter((text) => text.length >= minLength && text.length <= maxLength),
          fc.constant("x".repeat(Math.min(maxLength, 70_000))),
        );
    const fitting = known[name] ?? [];
    const ids = format === "uuid" ? (known["anyId"] ?? []) : [];
    return fc.oneof(
      ...[fitting, ids].flatMap((values, index) =>
        values.length === 0
          ? []
          : [{ weight: 6 - 4 * index, arbitrary: fc.constantFrom(...values) }],
      ),
      { weight: 1, arbitrary: own },
    );
  };

  const validObject = (schema: JsonSchema): Arbitrary<unknown> => {
    const { properties = {}, required = [], additionalProperties } = schema;
    const fields = Object.entries(properties).map(([name, field]) => [name, valid(field, name)]);
    const object = fc.record(Object.fromEntries(fields) as Record<string, Arbitrary<unknown>>, {
      requiredKeys: [...required],
    });
    if (typeof additionalProperties !== "object") return object;
    const more = fc.dictionary(fc.string({ maxLength: 30 }), valid(additionalProperties));
    return fc.tuple(more, object).map(([rest, own]) => ({ ...rest, ...own }));
  };

  return valid;
}

function validInteger({
  minimum = -Number.MAX_SAFE_INTEGER,
  maximum = Number.MAX_SAFE_INTEGER,
}: JsonSchema): Arbitrary<number> {
  const inside = fc.integer({ min: Math.ceil(minimum), max: Math.floor(maximum) });
  return fc.oneof(inside, fc.constantFrom(minimum, maximum));
}

function resolve(document: ApiDocument, ref: string): JsonSchema {
  const schema = document.components.schemas[ref.split("/").at(-1) ?? ""];
  if (!schema) throw new Error(`the document has no ${ref}`);
  return schema;
}

/** The value with one of its parts, which may be the whole, replaced, left out or joined by another. */
export function spoil(value: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc.tuple(value, fc.nat(50), wildValue).map(([whole, place, other]) => {
    const parts = listParts(whole);
    const part = parts[place % (parts.length + 1)];
    if (!part) return other;
    const { holder, key } = part;
    if (place % 3 === 0 && !Array.isArray(holder)) Reflect.deleteProperty(holder, key);
    else if (place % 7 === 1) holder[`${key}x`] = other;
    else holder[key] = other;
    return whole;
  });
}

interface Part {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function listParts(value: unknown): Part[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...listParts(holder[key])]);
}
