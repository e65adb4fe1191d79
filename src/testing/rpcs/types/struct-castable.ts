import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

import { isSame, type JsonSchema, readSchema } from "./json-schema.js";

/**
 * Whether a struct fits where another is wanted, by the JSON schemas in the
 * metadata of their types: the same schema, or one with all that is wanted. A
 * type without a schema fits any, and any fits it.
 */
export function isStructCastable(
  from: JsonObject | undefined,
  to: JsonObject | undefined,
): boolean {
  if (from === undefined || to === undefined || isSame(from, to)) return true;
  const given = readSchema(from);
  const wanted = readSchema(to);
  return given !== undefined && wanted !== undefined && includes(given, wanted, "lenient");
}

/**
 * How keywords are taken that the server's comparison does not know: it passes
 * over them, but inside `anyOf` and its like they make a difference.
 */
type Mode = "lenient" | "strict";

function includes(given: JsonSchema, wanted: JsonSchema, mode: Mode): boolean {
  const { types } = wanted;
  const isObject = types.length === 0 || types.includes("object");
  return (
    haveSameTypes(given, wanted) &&
    (!types.includes("string") || includesText(given, wanted)) &&
    (!types.includes("number") || includesNumber(given, wanted, mode)) &&
    (!types.includes("array") || includesList(given, wanted, mode)) &&
    (!isObject || includesObject(given, wanted, mode)) &&
    ["allOf", "anyOf", "oneOf"].every((keyword) => includesChoices(given, wanted, keyword)) &&
    (wanted.get("const") === undefined || isSame(given.get("const"), wanted.get("const")))
  );
}

function haveSameTypes(given: JsonSchema, wanted: JsonSchema): boolean {
  return (
    wanted.types.every((type) => given.types.includes(type)) &&
    given.types.every(
      (type) => wanted.types.includes(type) || (type === "object" && wanted.types.length === 0),
    )
  );
}

function includesText(given: JsonSchema, wanted: JsonSchema): boolean {
  const wantedValues = wanted.get("enum");
  const pattern = wanted.get("pattern");
  return (
    (given.get("format") ?? "") === (wanted.get("format") ?? "") &&
    (!Array.isArray(wantedValues) ||
      given.list("enum").every((value) => wantedValues.includes(value))) &&
    (pattern === undefined || pattern === given.get("pattern")) &&
    isWithin(given, wanted, "minLength", "maxLength")
  );
}

function includesNumber(given: JsonSchema, wanted: JsonSchema, mode: Mode): boolean {
  return (
    isWithin(given, wanted, "minimum", "maximum") &&
    isKnown(given, wanted, mode, ["exclusiveMinimum", "exclusiveMaximum"])
  );
}

function includesList(given: JsonSchema, wanted: JsonSchema, mode: Mode): boolean {
  return (
    isWithin(given, wanted, "minItems", "maxItems") &&
    includesItems(given, wanted, mode) &&
    isKnown(given, wanted, mode, ["additionalItems"]) &&
    (wanted.get("uniqueItems") !== true || given.get("uniqueItems") === true)
  );
}

function includesItems(given: JsonSchema, wanted: JsonSchema, mode: Mode): boolean {
  const items = wanted.get("items");
  if (items === undefined) return true;
  if (Array.isArray(items) !== Array.isArray(given.get("items"))) return false;
  const wantedItems = wanted.schemas("items");
  const givenItems = given.schemas("items");
  return (
    givenItems.length === wantedItems.length &&
    wantedItems.every((item, index) => {
      const other = givenItems[index];
      return other !== undefined && includes(other, item, mode);
    })
  );
}

function includesObject(given: JsonSchema, wanted: JsonSchema, mode: Mode): boolean {
  const properties = given.properties();
  return (
    wanted.list("required").every((name) => given.list("required").includes(name)) &&
    isWithin(given, wanted, "minProperties", "maxProperties") &&
    isKnown(given, wanted, mode, [
      "additionalProperties",
      "dependencies",
      "patternProperties",
      "not",
    ]) &&
    [...wanted.properties()].every(([name, schema]) => {
      const other = properties.get(name);
      return other !== undefined && includes(other, schema, mode);
    })
  );
}

/** Each choice that is given must be among those that are wanted. */
function includesChoices(given: JsonSchema, wanted: JsonSchema, keyword: string): boolean {
  const givenChoices = given.schemas(keyword);
  const wantedChoices = wanted.schemas(keyword);
  if ((givenChoices.length === 0) !== (wantedChoices.length === 0)) return false;
  return givenChoices.every((choice) =>
    wantedChoices.some((candidate) => includes(choice, candidate, "strict")),
  );
}

/** Bounds that are wanted must be given as narrowly. */
function isWithin(given: JsonSchema, wanted: JsonSchema, lower: string, upper: string): boolean {
  const [low, high] = [wanted.get(lower), wanted.get(upper)];
  const [givenLow, givenHigh] = [given.get(lower), given.get(upper)];
  return (
    (typeof low !== "number" || (typeof givenLow === "number" && givenLow >= low)) &&
    (typeof high !== "number" || (typeof givenHigh === "number" && givenHigh <= high))
  );
}

function isKnown(
  given: JsonSchema,
  wanted: JsonSchema,
  mode: Mode,
  keywords: readonly string[],
): boolean {
  const isSet = (value: JsonValue | undefined) => value !== undefined && value !== true;
  return (
    mode === "lenient" ||
    !keywords.some((keyword) => isSet(given.get(keyword)) || isSet(wanted.get(keyword)))
  );
}
