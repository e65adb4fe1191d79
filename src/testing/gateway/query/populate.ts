import type { DescField, DescMessage, Message } from "@bufbuild/protobuf";
import {
  reflect,
  type ReflectList,
  type ReflectMap,
  type ReflectMessage,
} from "@bufbuild/protobuf/reflect";

import { fieldOf } from "../fields.js";
import type { PathFieldFilter } from "../path-field-filter.js";
import { FieldFault, within } from "./field-fault.js";
import { parseEnum, parseMessage, parseScalar } from "./parse-leaf.js";
import type { Parameters } from "./parse-query.js";

/**
 * Sets the fields that the parameters of a query name. Unknown names are left
 * unread, and so are those that the route's path hides.
 * @throws FieldFault with the server's text for a value that a field cannot take
 */
export function populateFromQuery(
  message: ReflectMessage,
  parameters: Parameters,
  filter: PathFieldFilter,
): void {
  for (const [name, values] of parameters) {
    const map = /^(.*)\[(.*)\]$/s.exec(name);
    const path = protoNames(message.desc, (map?.[1] ?? name).split("."));
    if (filter.hides(path)) continue;
    populateField(message, path, map === null ? values : [map[2] ?? "", ...values]);
  }
}

/**
 * Sets the field at the end of a path. The messages on the way are made, even
 * when a name further on is unknown.
 * @throws FieldFault with the server's text
 */
export function populateField(
  message: ReflectMessage,
  path: readonly string[],
  values: readonly string[],
): void {
  const [name = "", ...rest] = path;
  const field = fieldOf(message.desc, name);
  if (field === undefined) return;
  const set = field.oneof === undefined ? undefined : message.oneofCase(field.oneof);
  if (set !== undefined && (field.fieldKind !== "message" || set.number !== field.number)) {
    throw new FieldFault(`field already set for oneof ${JSON.stringify(field.oneof?.name)}`);
  }
  if (rest.length > 0) {
    if (field.fieldKind !== "message") {
      throw new FieldFault(`invalid path: ${JSON.stringify(name)} is not a message`);
    }
    const child = message.get(field);
    populateField(child, rest, values);
    message.set(field, child);
    return;
  }
  switch (field.fieldKind) {
    case "list":
      populateList(field, message.get(field), values);
      return;
    case "map":
      populateMap(field, message.get(field), values);
      return;
    default:
      if (values.length > 1) {
        throw new FieldFault(
          `too many values for field ${JSON.stringify(field.name)}: ${values.join(", ")}`,
        );
      }
      within(`parsing field ${JSON.stringify(field.name)}`, () => {
        message.set(field, parseLeaf(field, values[0] ?? ""));
      });
  }
}

function populateList(
  field: DescField & { fieldKind: "list" },
  list: ReflectList,
  values: readonly string[],
): void {
  for (const value of values) {
    within(`parsing list ${JSON.stringify(field.name)}`, () => {
      list.add(parseElement(field, value));
    });
  }
}

function populateMap(
  field: DescField & { fieldKind: "map" },
  map: ReflectMap,
  values: readonly string[],
): void {
  const [key = "", value = ""] = values;
  if (values.length !== 2) {
    throw new FieldFault(
      `more than one value provided for key ${JSON.stringify(key)} in map ${JSON.stringify(`${field.parent.typeName}.${field.name}`)}`,
    );
  }
  const mapKey = within(`parsing map key ${JSON.stringify(field.name)}`, () =>
    parseScalar(field.mapKey, key),
  );
  if (mapKey instanceof Uint8Array) throw new FieldFault("bytes cannot be a map key");
  within(`parsing map value ${JSON.stringify(field.name)}`, () => {
    map.set(mapKey, parseElement(field, value));
  });
}

type Element = { readonly scalar?: unknown } & (
  (DescField & { fieldKind: "list" }) | (DescField & { fieldKind: "map" })
);

function parseElement(field: Element, text: string): unknown {
  const kind = field.fieldKind === "list" ? field.listKind : field.mapKind;
  if (kind === "message" && field.message !== undefined) {
    return reflected(field.message, parseMessage(field.message, text));
  }
  if (kind === "enum" && field.enum !== undefined) return parseEnum(field.enum, text);
  if (field.scalar !== undefined) return parseScalar(field.scalar, text);
  throw new FieldFault(`unsupported field: ${JSON.stringify(field.name)}`);
}

function parseLeaf(
  field: DescField & { fieldKind: "scalar" | "enum" | "message" },
  text: string,
): unknown {
  switch (field.fieldKind) {
    case "scalar":
      return parseScalar(field.scalar, text);
    case "enum":
      return parseEnum(field.enum, text);
    case "message":
      return reflected(field.message, parseMessage(field.message, text));
  }
}

function reflected(desc: DescMessage, message: Message): ReflectMessage {
  return reflect(desc, message);
}

/** The path by proto names, where every name on it is known. */
function protoNames(desc: DescMessage, path: readonly string[]): readonly string[] {
  const names: string[] = [];
  let parent: DescMessage | undefined = desc;
  for (const name of path) {
    const field: DescField | undefined = parent === undefined ? undefined : fieldOf(parent, name);
    if (field === undefined) return path;
    names.push(field.name);
    parent = field.fieldKind === "message" ? field.message : undefined;
  }
  return names;
}
