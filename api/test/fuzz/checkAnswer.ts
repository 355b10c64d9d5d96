import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { ApiDocument, JsonSchema, Operation } from "./jsonSchema.ts";
import type { FuzzRequest } from "./requestArbitrary.ts";

/** What came back. */
export interface FuzzAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Holds requests and answers of one route against what the document says of them. */
export interface Judge {
  /** Whether the document allows this request. */
  allows(request: FuzzRequest): boolean;
  /** What is wrong with the answer, in words. */
  faultsOf(answer: FuzzAnswer): readonly string[];
}

/** Compiles the document once, and gives the judge of each of its routes. */
export function makeJudges(document: ApiDocument): (operation: Operation) => Judge {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  const formats = { uuid, binary: true, date: /^\d{4}-\d\d-\d\d$/ } as const;
  const requests = new Ajv2020({ strict: false, formats, coerceTypes: true });
  const bodies = new Ajv2020({ strict: false, formats });
  const answers = new Ajv2020({ strict: false, formats, allErrors: true });
  for (const ajv of [requests, bodies]) ajv.addSchema({ $id: "api", ...document.components });
  const schemas = Object.entries(document.components.schemas);
  const closed = Object.fromEntries(schemas.map(([name, schema]) => [name, closeParts(schema)]));
  answers.addSchema({ $id: "api", schemas: closed });

  return (operation) => {
    const params = requests.compile(parametersOf(operation, "path"));
    const query = requests.compile(parametersOf(operation, "query"));
    const json = operation.requestBody?.content["application/json"];
    const body = json && bodies.compile(pointAway(json.schema));
    return {
      allows: (request) =>
        params({ ...request.params }) &&
        query({ ...request.query }) &&
        (!body || (request.body !== undefined && body(request.body))),
      faultsOf: makeAnswerCheck(operation, (schema) => answers.compile(pointAway(close(schema)))),
    };
  };
}

function makeAnswerCheck(
  { responses }: Operation,
  compile: (schema: JsonSchema) => ValidateFunction,
): Judge["faultsOf"] {
  const compiled = new Map<string, ValidateFunction>();
  return ({ status, type, text }) => {
    const declared =
      responses[String(status)] ?? (status >= 400 ? responses["default"] : undefined);
    if (!declared) return [`the status ${status} is not declared`];
    const mediaType = type.replace(/;.*/, "");
    if (!declared.content) return text === "" ? [] : ["there is a body where none is declared"];
    const found = Object.entries(declared.content).find(([name]) => isOfType(mediaType, name));
    if (!found) return [`the type ${type} is not declared`];
    if (!mediaType.endsWith("json")) return [];
    const check = compiled.get(found[0]) ?? compile(found[1].schema);
    compiled.set(found[0], check);
    return check(JSON.parse(text)) ? [] : [JSON.stringify(check.errors)];
  };
}

function isOfType(type: string, declared: string): boolean {
  return declared.endsWith("/*") ? type.startsWith(declared.slice(0, -1)) : type === declared;
}

function parametersOf({ parameters = [] }: Operation, place: "path" | "query"): JsonSchema {
  const given = parameters.filter((parameter) => parameter.in === place);
  return {
    type: "object",
    properties: Object.fromEntries(given.map(({ name, schema }) => [name, pointAway(schema)])),
    required: given.filter(({ required }) => required).map(({ name }) => name),
  };
}

/** The schema with references into the document as it was added to ajv. */
function pointAway(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema).replaceAll("#/components/schemas", "api#/schemas");
  return JSON.parse(text) as JsonSchema;
}

/** The schema, allowing no field that it does not name: what is not declared must not get out. */
function close(schema: JsonSchema): JsonSchema {
  const isObject = schema.$ref ?? schema.properties ?? schema.allOf;
  if (!isObject || schema.additionalProperties !== undefined) return closeParts(schema);
  return { ...closeParts(schema), unevaluatedProperties: false };
}

/** The same for what it consists of, and not for itself: it may be a part of something larger. */
function closeParts(schema: JsonSchema): JsonSchema {
  const { properties, items, anyOf, oneOf, allOf } = schema;
  const fields = Object.entries(properties ?? {}).map(([name, field]) => [name, close(field)]);
  return {
    ...(pointAway(schema) as object),
    ...(properties ? { properties: Object.fromEntries(fields) as typeof properties } : {}),
    ...(items ? { items: close(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(close) } : {}),
    ...(oneOf ? { oneOf: oneOf.map(close) } : {}),
    ...(allOf ? { allOf: allOf.map(closeParts) } : {}),
  };
}
