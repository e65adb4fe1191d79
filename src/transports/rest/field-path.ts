import type { DescField, DescMessage } from "@bufbuild/protobuf";
import type { ReflectMessage } from "@bufbuild/protobuf/reflect";

/** A field inside a message or inside a message of it, such as `id.execution_id.project`. */
export interface FieldPath {
  /** With protobuf's names, as the gateway writes it: `id.execution_id.project`. */
  readonly protoName: string;
  /** With the names of our messages, for messages to people: `id.executionId.project`. */
  readonly localName: string;
  /** The messages on the way. */
  readonly parents: readonly DescField[];
  /** The field itself: a scalar or an enum. */
  readonly leaf: DescField;
}

/** Finds a dotted path in a message type. `undefined` when there is no such field. */
export function fieldPathIn(message: DescMessage, protoName: string): FieldPath | undefined {
  const fields: DescField[] = [];
  let desc: DescMessage | undefined = message;
  for (const name of protoName.split(".")) {
    const field: DescField | undefined = desc?.fields.find((each) => each.name === name);
    if (field === undefined) return undefined;
    fields.push(field);
    desc = field.fieldKind === "message" ? field.message : undefined;
  }
  const leaf = fields.pop();
  if (leaf === undefined) return undefined;
  return {
    protoName,
    localName: [...fields, leaf].map((field) => field.localName).join("."),
    parents: fields,
    leaf,
  };
}

/** The value at a path. A message on the way that is not set counts as an empty one. */
export function valueAt(message: ReflectMessage, path: FieldPath): unknown {
  let at = message;
  for (const field of path.parents) {
    if (field.fieldKind !== "message") return undefined;
    at = at.get(field);
  }
  return at.get(path.leaf);
}
