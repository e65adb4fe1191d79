import { quote } from "../../errors/index.js";
import type { JsonValue } from "@bufbuild/protobuf";
import { durationMs, timestampDate } from "@bufbuild/protobuf/wkt";
import type {
  Literal,
  LiteralMap,
  Primitive,
  Scalar,
} from "../../../gen/flyteidl/core/literals_pb.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { blobRef, structuredDatasetRef } from "./references.js";

/** Options of showing literals. */
export interface FormatLiteralOptions {
  /**
   * The most characters; what is longer is cut and ends in `…`.
   * @defaultValue 200 on one line, 10000 indented
   */
  readonly maxLength?: number | undefined;
  /**
   * Whether each member has a line of its own.
   * @defaultValue `false`
   */
  readonly indented?: boolean | undefined;
}

const optionNames: OptionNames<FormatLiteralOptions> = { maxLength: true, indented: true };

/**
 * A literal, or a map of inputs or outputs, for people to read: on one line or
 * indented, and never longer than the bound, however large the literal is.
 * Control characters come escaped, so that a console can show it.
 */
export function formatLiteral(
  literal: Literal | LiteralMap,
  options: FormatLiteralOptions = {},
): string {
  requireKnownOptions(options, optionNames);
  const indented = options.indented ?? false;
  const maxLength = options.maxLength ?? (indented ? 10_000 : 200);
  let text = "";
  for (const piece of literalText(literal, indented)) {
    text += piece;
    if (text.length > maxLength) return cut(text, maxLength);
  }
  return text;
}

/** Half of a surrogate pair is no character. */
function cut(text: string, maxLength: number): string {
  if (maxLength <= 0) return "";
  const kept = text.slice(0, maxLength - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

const maxDepth = 50;
/** Longer texts are cut before they are quoted: a text may be megabytes. */
const maxText = 20_000;

/** The pieces of a literal's text, made one by one so that a reader can stop. */
function literalText(literal: Literal | LiteralMap, indented: boolean): Iterable<string> {
  const layout = indented ? { line: "\n", step: "  " } : undefined;
  return literal.$typeName === "flyteidl.core.LiteralMap"
    ? mapText(literal, { layout, depth: 0, indent: 0 })
    : valueText(literal, { layout, depth: 0, indent: 0 });
}

interface Level {
  readonly layout: { readonly line: string; readonly step: string } | undefined;
  readonly depth: number;
  readonly indent: number;
}

type Entry = readonly [label: string, text: (level: Level) => Iterable<string>];

function valueText(literal: Literal, level: Level): Iterable<string> {
  if (level.depth > maxDepth) return ["…"];
  switch (literal.value.case) {
    case "scalar":
      return scalarText(literal.value.value, level);
    case "collection": {
      const { literals } = literal.value.value;
      return listText("[", "]", literals, (item) => ["", (at) => valueText(item, at)], level);
    }
    case "map":
      return mapText(literal.value.value, level);
    case "offloadedMetadata": {
      const { uri, sizeBytes } = literal.value.value;
      return [`offloaded(${quoted(uri)}, ${sizeBytes} bytes)`];
    }
    case undefined:
      return ["nothing"];
  }
}

function mapText({ literals }: LiteralMap, level: Level): Iterable<string> {
  const entry = ([key, value]: [string, Literal]): Entry => [
    `${label(key)}: `,
    (at) => valueText(value, at),
  ];
  return listText("{", "}", Object.entries(literals), entry, level);
}

function jsonText(value: JsonValue, level: Level): Iterable<string> {
  if (Array.isArray(value)) {
    const items: readonly JsonValue[] = value;
    return listText("[", "]", items, (item) => ["", (at) => jsonText(item, at)], level);
  }
  if (typeof value === "object" && value !== null) {
    const entry = ([key, inner]: [string, JsonValue]): Entry => [
      `${label(key)}: `,
      (at) => jsonText(inner, at),
    ];
    return listText("{", "}", Object.entries(value), entry, level);
  }
  return [typeof value === "string" ? quoted(value) : String(value)];
}

function* listText<Item>(
  open: string,
  close: string,
  items: readonly Item[],
  entry: (item: Item) => Entry,
  level: Level,
): Generator<string> {
  if (items.length === 0 || level.depth >= maxDepth) {
    yield items.length === 0 ? open + close : `${open}…${close}`;
    return;
  }
  const { layout, depth, indent } = level;
  const inner = { layout, depth: depth + 1, indent: indent + 1 };
  const start = layout === undefined ? "" : layout.line + layout.step.repeat(indent + 1);
  const between = layout === undefined ? ", " : `,${start}`;
  let separator = open + start;
  for (const item of items) {
    const [name, text] = entry(item);
    yield separator + name;
    yield* text(inner);
    separator = between;
  }
  yield (layout === undefined ? "" : layout.line + layout.step.repeat(indent)) + close;
}

function scalarText({ value }: Scalar, level: Level): Iterable<string> {
  switch (value.case) {
    case "primitive":
      return [primitiveText(value.value)];
    case "generic":
      return jsonText(value.value, level);
    case "noneType":
      return ["null"];
    case "union":
      return value.value.value === undefined
        ? ["nothing"]
        : valueText(value.value.value, { ...level, depth: level.depth + 1 });
    case "binary": {
      const tag = value.value.tag === "" ? "" : `${quoted(value.value.tag)}, `;
      return [`binary(${tag}${value.value.value.length} bytes)`];
    }
    case "error":
      return [`error(${quoted(value.value.message)})`];
    case "blob":
      return [referenceText("blob", blobRef(value.value))];
    case "schema":
      return [referenceText("schema", { uri: value.value.uri, format: "" })];
    case "structuredDataset":
      return [referenceText("structuredDataset", structuredDatasetRef(value.value))];
    case undefined:
      return ["nothing"];
  }
}

function primitiveText({ value }: Primitive): string {
  switch (value.case) {
    case "stringValue":
      return quoted(value.value);
    case "datetime": {
      const date = timestampDate(value.value);
      return Number.isNaN(date.getTime()) ? "an invalid datetime" : date.toISOString();
    }
    case "duration":
      return `${durationMs(value.value) / 1000}s`;
    case undefined:
      return "nothing";
    default:
      return String(value.value);
  }
}

function referenceText(
  kind: string,
  ref: { readonly uri: string; readonly format: string },
): string {
  return `${kind}(${quoted(ref.uri)}${ref.format === "" ? "" : `, ${quoted(ref.format)}`})`;
}

function label(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? key : quoted(key);
}

function quoted(text: string): string {
  return quote(text, maxText);
}
