import { create, isMessage } from "@bufbuild/protobuf";

import {
  type Literal,
  LiteralCollectionSchema,
  LiteralMapSchema,
  LiteralOffloadedMetadataSchema,
  LiteralSchema,
  type Scalar,
  ScalarSchema,
  UnionSchema,
} from "../../../gen/flyteidl/core/literals_pb.js";
import {
  type LiteralType,
  LiteralTypeSchema,
  SimpleType,
} from "../../../gen/flyteidl/core/types_pb.js";
import type { BinaryCodec } from "./msgpack.js";
import { expected, enterMember, LiteralError, type Place } from "./literal-error.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { type LiteralTypeInput, toLiteralType } from "../literal-types.js";
import { type Adaptations, toBlob, toSchema, toStructuredDataset } from "./references.js";
import { simpleToScalar, stringScalar } from "./simple-to-scalar.js";
import { typeName } from "./describe-literal.js";
import { isRecord, setMember } from "./plain-value.js";

/** Options of converting values to literals. */
export interface ValueToLiteralOptions {
  /**
   * Writes structs, and binary literals of its tag, in its encoding. Without it
   * structs become a `google.protobuf.Struct`, which has no integers.
   * @defaultValue none
   */
  readonly binary?: BinaryCodec | undefined;
  /**
   * The name of the value in errors.
   * @defaultValue `"value"`
   */
  readonly path?: string | undefined;
}

/** The names of {@link ValueToLiteralOptions}. */
export const valueToLiteralNames: OptionNames<ValueToLiteralOptions> = { binary: true, path: true };

/**
 * The literal of a type for a JavaScript value: the reverse of `literalToValue`.
 * Integers may be bigints or whole numbers, datetimes Dates or Timestamps.
 *
 * @param type - from the interface of the task or workflow, or the name of a simple type such as `"integer"`
 * @throws LiteralError naming the place, what was expected and what is there
 */
export function valueToLiteral(
  value: unknown,
  type: LiteralTypeInput,
  options: ValueToLiteralOptions = {},
): Literal {
  return adaptToLiteral(value, type, options, { count: 0 });
}

/** Converts as {@link valueToLiteral} does, and counts what the type changed. */
export function adaptToLiteral(
  value: unknown,
  type: LiteralTypeInput,
  options: ValueToLiteralOptions,
  adaptations: Adaptations,
): Literal {
  requireKnownOptions(options, valueToLiteralNames);
  const place = { path: options.path ?? "value", depth: 0 };
  return convert(value, toLiteralType(type), options, place, adaptations);
}

function convert(
  value: unknown,
  { type, structure }: LiteralType,
  options: ValueToLiteralOptions,
  place: Place,
  adaptations: Adaptations,
): Literal {
  if (isOffloaded(value, type)) return offloaded(value, place);
  switch (type.case) {
    case "simple":
      return literal(simpleToScalar(value, type.value, options.binary, place));
    case "collectionType": {
      const inner = type.value;
      if (!Array.isArray(value)) throw expected(place.path, "an array", value);
      const literals = value.map((item: unknown, at) =>
        convert(item, inner, options, enterMember(place, at), adaptations),
      );
      const collection = create(LiteralCollectionSchema, { literals });
      return create(LiteralSchema, { value: { case: "collection", value: collection } });
    }
    case "mapValueType": {
      if (!isRecord(value)) throw expected(place.path, "an object of names and values", value);
      const map = create(LiteralMapSchema);
      for (const [key, item] of Object.entries(value)) {
        const held = convert(item, type.value, options, enterMember(place, key), adaptations);
        setMember(map.literals, key, held);
      }
      return create(LiteralSchema, { value: { case: "map", value: map } });
    }
    case "enumType": {
      const { values } = type.value;
      if (typeof value === "string" && values.includes(value)) return literal(stringScalar(value));
      throw expected(
        place.path,
        `one of ${values.map((name) => JSON.stringify(name)).join(", ")}`,
        value,
      );
    }
    case "blob":
      return literal(toBlob(value, type.value, place, adaptations));
    case "schema":
      return literal(toSchema(value, type.value, place));
    case "structuredDatasetType":
      return literal(toStructuredDataset(value, type.value, place, adaptations));
    case "unionType":
      return union(value, type.value.variants, options, place, adaptations);
    case undefined:
      throw new LiteralError(
        place.path,
        `the type says nothing${structure === undefined ? "" : ` but its structure ${structure.tag}`}`,
      );
  }
}

function union(
  value: unknown,
  variants: readonly LiteralType[],
  options: ValueToLiteralOptions,
  place: Place,
  adaptations: Adaptations,
): Literal {
  const tagged = isRecord(value) && value["kind"] === "union" && "value" in value;
  const inner = tagged ? value["value"] : value;
  const candidates = tagged ? chosen(value["type"], variants) : byKind(inner, variants);
  const fitting = toVariant(
    candidates,
    (type, made) => convert(inner, type, options, enterMember(place), made),
    (error) => {
      if (!(error instanceof LiteralError) || candidates.length === 1) throw error;
    },
    adaptations,
  );
  if (fitting !== undefined) return fitting;
  throw expected(
    place.path,
    candidates.map(typeName).join(" or ") || "nothing: the union has no variants",
    inner,
  );
}

/**
 * Returns the literal of the variant that changes least of a value, the first of these; `undefined` when all refuse it.
 *
 * @param adaptations - counts what that variant changed, too
 */
export function toVariant(
  variants: readonly LiteralType[],
  convertTo: (type: LiteralType, adaptations: Adaptations) => Literal,
  onRefused: (error: unknown) => void,
  adaptations: Adaptations,
): Literal | undefined {
  let best:
    { readonly held: Literal; readonly type: LiteralType; readonly count: number } | undefined;
  for (const type of variants) {
    const made: Adaptations = { count: 0 };
    try {
      const held = convertTo(type, made);
      if (best === undefined || made.count < best.count) best = { held, type, count: made.count };
    } catch (error) {
      onRefused(error);
    }
    if (best?.count === 0) break;
  }
  if (best === undefined) return undefined;
  adaptations.count += best.count;
  const scalar = create(UnionSchema, { value: best.held, type: best.type });
  return literal({ case: "union", value: scalar });
}

/** A struct would take a reference for data of its own, so the variant that the reference names comes first. */
function byKind(value: unknown, variants: readonly LiteralType[]): readonly LiteralType[] {
  const kind = isRecord(value) ? value["kind"] : undefined;
  const named = variants.filter(({ type }) => {
    if (type.case === "structuredDatasetType") return kind === "structuredDataset";
    if (type.case === "simple") return type.value === SimpleType.ERROR && kind === "error";
    return (type.case === "blob" || type.case === "schema") && type.case === kind;
  });
  return [...named, ...variants.filter((variant) => !named.includes(variant))];
}

function chosen(type: unknown, variants: readonly LiteralType[]): readonly LiteralType[] {
  return isMessage(type, LiteralTypeSchema) ? [type] : variants;
}

/** A struct may have a member called `kind` too, so another member decides with it. */
function isOffloaded(
  value: unknown,
  type: LiteralType["type"],
): value is Readonly<Record<string, unknown>> {
  if (!isRecord(value) || value["kind"] !== "offloaded") return false;
  const isStruct = type.case === "simple" && type.value === SimpleType.STRUCT;
  return !isStruct || typeof value["sizeBytes"] === "bigint";
}

function offloaded(value: Readonly<Record<string, unknown>>, place: Place): Literal {
  const { uri, sizeBytes, type } = value;
  if (typeof uri !== "string" || typeof sizeBytes !== "bigint") {
    throw expected(place.path, "an offloaded reference with a uri and sizeBytes (a bigint)", value);
  }
  const reference = create(LiteralOffloadedMetadataSchema, { uri, sizeBytes });
  const [inferredType] = chosen(type, []);
  if (inferredType !== undefined) reference.inferredType = inferredType;
  return create(LiteralSchema, { value: { case: "offloadedMetadata", value: reference } });
}

function literal(value: Scalar["value"]): Literal {
  const scalar = create(ScalarSchema, { value });
  return create(LiteralSchema, { value: { case: "scalar", value: scalar } });
}
