import {
  formatLiteral,
  LiteralError,
  literalToValue,
  msgpack,
  type LiteralValue,
} from "flyte-admin-client";
import type { Literal, LiteralMap } from "flyte-admin-client/gen/flyteidl/core/literals_pb";
import { element } from "./dom.js";
import { fullMomentText, lengthText } from "./times.js";

const maxMembers = 100;
const maxTextLength = 4000;
/** Values nested deeper start closed. */
const openDepth = 1;

/** Inputs or outputs, one row for each name. */
export function valuesTable({ literals }: LiteralMap): HTMLElement {
  const entries = Object.entries(literals);
  if (entries.length === 0) return element("p", { class: "quiet" }, "It has no values.");
  return element(
    "table",
    { class: "values" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...["Name", "Type", "Value"].map((title) => element("th", { scope: "col" }, title)),
      ),
    ),
    element("tbody", {}, ...entries.map(([name, literal]) => valueRow(name, literal))),
  );
}

function valueRow(name: string, literal: Literal): HTMLElement {
  const { type, value } = rendered(literal);
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    element("td", { class: "type" }, type),
    element("td", {}, value),
  );
}

function rendered(literal: Literal): { readonly type: string; readonly value: Node } {
  try {
    const value = literalToValue(literal, { binary: msgpack });
    return { type: typeOf(value, literal), value: nodeOf(value, 0) };
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error;
    const text = formatLiteral(literal, { indented: true, maxLength: maxTextLength });
    return { type: "unreadable", value: element("pre", {}, text) };
  }
}

function typeOf(value: LiteralValue, { value: { case: kind } }: Literal): string {
  if (value === null) return "none";
  if (value instanceof Date) return "datetime";
  if (isList(value)) return `list of ${value.length}`;
  if (value instanceof Uint8Array) return "bytes";
  if (typeof value === "bigint") return "integer";
  if (typeof value === "number") return "float";
  if (typeof value !== "object") return typeof value;
  if (isDuration(value)) return "duration";
  const { kind: named } = value as { readonly kind?: unknown };
  if (typeof named === "string" && kind === "scalar") return words(named);
  return kind === "map" ? `map of ${Object.keys(value).length}` : "object";
}

function nodeOf(value: LiteralValue, depth: number): Node {
  if (value === null) return element("span", { class: "quiet" }, "none");
  if (typeof value === "string") return textNode(value);
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") {
    return element("code", { class: "scalar" }, String(value));
  }
  if (value instanceof Date) {
    return element(
      "time",
      { datetime: value.toISOString(), title: value.toISOString() },
      fullMomentText(value.getTime()),
    );
  }
  if (value instanceof Uint8Array) return element("span", {}, `${value.length} bytes`);
  if (isList(value)) {
    return members(
      `${value.length} items`,
      value.map((item, at) => [String(at), item]),
      depth,
    );
  }
  if (isDuration(value)) {
    return element("span", {}, lengthText(Number(value.seconds) * 1000 + value.nanos / 1e6));
  }
  const entries = Object.entries(value).filter(([name]) => name !== "$typeName");
  const { uri } = value as { readonly uri?: unknown };
  if (typeof uri === "string") {
    return element("code", { class: "uri" }, uri === "" ? "no address" : uri);
  }
  return members(`${entries.length} members`, entries, depth);
}

function members(
  title: string,
  entries: readonly (readonly [string, LiteralValue])[],
  depth: number,
): HTMLElement {
  const shown = entries.slice(0, maxMembers);
  const list = element("dl", { class: "members" });
  const fill = (): void => {
    if (list.childElementCount > 0) return;
    list.append(
      ...shown.map(([name, value]) =>
        element("div", {}, element("dt", {}, name), element("dd", {}, nodeOf(value, depth + 1))),
      ),
    );
    const more = entries.length - shown.length;
    if (more > 0) list.append(element("p", { class: "quiet" }, `and ${more} more`));
  };
  const box = element("details", {}, element("summary", {}, title), list);
  // Deep values are made when they are opened: there may be very many of them.
  box.addEventListener("toggle", fill);
  if (depth < openDepth && entries.length <= 12) {
    box.open = true;
    fill();
  }
  return box;
}

function textNode(text: string): Node {
  if (text === "") return element("span", { class: "quiet" }, "empty text");
  const cut = text.length > maxTextLength;
  const shown = cut ? `${text.slice(0, maxTextLength)}…` : text;
  const isLong = shown.length > 120 || shown.includes("\n");
  const node = isLong ? element("pre", {}, shown) : element("code", { class: "text" }, shown);
  if (!cut) return node;
  const note = `the first ${maxTextLength} of ${text.length} characters`;
  return element("div", {}, node, element("p", { class: "quiet" }, note));
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: LiteralValue): value is readonly LiteralValue[] {
  return Array.isArray(value);
}

function isDuration(value: object): value is { readonly seconds: bigint; readonly nanos: number } {
  return "$typeName" in value && value.$typeName === "google.protobuf.Duration";
}

function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
