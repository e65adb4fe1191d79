import { create, type JsonValue } from "@bufbuild/protobuf";

import {
  type Literal,
  LiteralCollectionSchema,
  type LiteralMap,
  LiteralMapSchema,
  LiteralSchema,
} from "../../../gen/flyteidl/core/literals_pb.js";
import { type LiteralType, SimpleType } from "../../../gen/flyteidl/core/types_pb.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import {
  type Adaptations,
  adaptToLiteral,
  type BinaryCodec,
  isRecord,
  LiteralError,
  member,
  setMember,
  show,
  toVariant,
} from "../literals/index.js";
import { type FormInterface, formInputs } from "../form-inputs.js";
import { JsonInputError, type JsonPlace, simpleValue } from "./simple-value.js";

/** Options for {@link jsonToLiterals}. */
export interface JsonToLiteralsOptions {
  /**
   * Writes structs in its encoding, as with `valueToLiteral`.
   * @defaultValue none
   */
  readonly binary?: BinaryCodec | undefined;
}

const optionNames: OptionNames<JsonToLiteralsOptions> = { binary: true };

/**
 * Returns the literals of JSON that a form made, by the names and types of an interface: the reverse of
 * `literalsToJson`, for every value that `interfaceToJsonSchema` accepts. Inputs that are left out, or `undefined`, have
 * no literal, and the launch plan's default applies.
 *
 * Of a union's variants the first that accepts the value is taken, those that its `kind` names before others, and one
 * that keeps its `format` before one that changes it. Columns of datasets are those of the declared type.
 *
 * @throws JsonInputError with the JSON pointer of the value, where a value is not of its type, a name is unknown, or an
 *   input without a default is left out
 */
export function jsonToLiterals(
  json: Readonly<Record<string, unknown>>,
  of: FormInterface,
  options: JsonToLiteralsOptions = {},
): LiteralMap {
  const { binary } = requireKnownOptions(options, optionNames);
  const inputs = new Map(formInputs(of).map((input) => [input.name, input]));
  if (!isRecord(json)) throw problem(rootPlace, `expected an object of inputs, got ${show(json)}`);
  const map = create(LiteralMapSchema);
  for (const [name, value] of Object.entries(json)) {
    if (value === undefined) continue;
    const place = inside(rootPlace, name);
    const input = inputs.get(name);
    if (input === undefined) throw problem(place, unknownName([...inputs.keys()]));
    const { type } = input.variable;
    setMember(map.literals, name, convert(value, type, { binary }, place, { count: 0 }));
  }
  for (const { name, isRequired } of inputs.values()) {
    if (!isRequired || Object.hasOwn(map.literals, name)) continue;
    throw problem(inside(rootPlace, name), "expected a value, since it has no default");
  }
  return map;
}

/** Returns the literal of one input. */
export function literalOfInput(
  name: string,
  value: JsonValue,
  type: LiteralType | undefined,
  options: ConvertOptions,
): Literal {
  return convert(value, type, options, inside(rootPlace, name), { count: 0 });
}

interface ConvertOptions extends JsonToLiteralsOptions {
  /** Whether to refuse what a schema refuses: strings for integers and numbers. */
  readonly isStrict?: boolean;
}

const rootPlace: JsonPlace = { path: "inputs", pointer: "", depth: 0 };

/** Deeper values are refused by the conversion to literals as well. */
const maxDepth = 100;

function inside(place: JsonPlace, key: string | number): JsonPlace {
  if (place.depth >= maxDepth) throw problem(place, `is nested deeper than ${maxDepth} levels`);
  const part = String(key).replaceAll("~", "~0").replaceAll("/", "~1");
  return {
    path: member(place.path, key),
    pointer: `${place.pointer}/${part}`,
    depth: place.depth + 1,
  };
}

function convert(
  value: unknown,
  type: LiteralType | undefined,
  options: ConvertOptions,
  place: JsonPlace,
  adaptations: Adaptations,
): Literal {
  const kind = type?.type;
  switch (kind?.case) {
    case "collectionType": {
      if (!Array.isArray(value)) throw problem(place, `expected an array, got ${show(value)}`);
      const literals = value.map((item: unknown, at) =>
        convert(item, kind.value, options, inside(place, at), adaptations),
      );
      const collection = create(LiteralCollectionSchema, { literals });
      return create(LiteralSchema, { value: { case: "collection", value: collection } });
    }
    case "mapValueType": {
      if (!isRecord(value)) throw problem(place, `expected an object, got ${show(value)}`);
      const map = create(LiteralMapSchema);
      for (const [key, item] of Object.entries(value)) {
        if (item === undefined) continue;
        const member = convert(item, kind.value, options, inside(place, key), adaptations);
        setMember(map.literals, key, member);
      }
      return create(LiteralSchema, { value: { case: "map", value: map } });
    }
    case "unionType":
      return union(value, kind.value.variants, options, place, adaptations);
    case "simple":
      return leaf(
        simpleValue(value, kind.value, options.isStrict === true, place),
        type,
        options,
        place,
        adaptations,
      );
    case "blob":
    case "schema":
    case "structuredDatasetType":
      return leaf(reference(value), type, options, place, adaptations);
    default:
      return leaf(value, type, options, place, adaptations);
  }
}

/** Converts a value that has no members of its own types, and adds the pointer to its error. */
function leaf(
  value: unknown,
  type: LiteralType | undefined,
  { binary }: ConvertOptions,
  place: JsonPlace,
  adaptations: Adaptations,
): Literal {
  try {
    const options = { binary, path: place.path };
    return adaptToLiteral(value, type ?? {}, options, adaptations);
  } catch (error) {
    if (!(error instanceof LiteralError) || error instanceof JsonInputError) throw error;
    throw new JsonInputError(error.path, place.pointer, error.message.slice(error.path.length + 2));
  }
}

/** A reference without its columns, which are those of the type, and without what is no part of one. */
function reference(json: unknown): unknown {
  if (!isRecord(json)) return json;
  const parts = Object.entries(json).filter(([name]) => referenceParts.includes(name));
  return Object.fromEntries(parts);
}

const referenceParts: readonly string[] = ["kind", "uri", "format", "dimensionality"];

function union(
  value: unknown,
  variants: readonly LiteralType[],
  options: ConvertOptions,
  place: JsonPlace,
  adaptations: Adaptations,
): Literal {
  const problems: JsonInputError[] = [];
  const fitting = toVariant(
    byKind(value, variants),
    (type, made) => convert(value, type, options, place, made),
    (error) => {
      if (!(error instanceof JsonInputError)) throw error;
      problems.push(error);
    },
    adaptations,
  );
  if (fitting !== undefined) return fitting;
  // The variant that the value got furthest into says most.
  const [closest] = problems.sort((a, b) => b.pointer.length - a.pointer.length);
  if (closest !== undefined && closest.pointer.length > place.pointer.length) throw closest;
  const texts = problems.map(({ message, path }) => message.slice(path.length + 2));
  const [only] = texts;
  if (texts.length < 2) throw problem(place, only ?? "the union has no variants");
  throw problem(place, `expected a value of one of ${texts.length} types: ${texts.join("; ")}`);
}

/** A struct takes references and errors too, so the variant that the kind names comes first. */
function byKind(value: unknown, variants: readonly LiteralType[]): readonly LiteralType[] {
  const kind = isRecord(value) ? value["kind"] : undefined;
  const named = variants.filter(({ type }) => kindOf(type) === kind && kind !== undefined);
  return [...named, ...variants.filter((variant) => !named.includes(variant))];
}

function kindOf(type: LiteralType["type"]): string | undefined {
  if (type.case === "structuredDatasetType") return "structuredDataset";
  if (type.case !== "simple") return type.case;
  if (type.value === SimpleType.ERROR) return "error";
  return type.value === SimpleType.BINARY ? "binary" : undefined;
}

function unknownName(names: readonly string[]): string {
  return `unknown name; the interface has ${names.slice(0, 20).join(", ") || "none"}`;
}

function problem({ path, pointer }: JsonPlace, text: string): JsonInputError {
  return new JsonInputError(path, pointer, text);
}
