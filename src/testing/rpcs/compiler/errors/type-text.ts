import {
  type LiteralType,
  LiteralTypeSchema,
  SimpleType,
} from "../../../../../gen/flyteidl/core/types_pb.js";
import { messageText } from "../../../go-format/index.js";

/** A type as prototext. */
export function typeText(type: LiteralType | undefined): string {
  return messageText(LiteralTypeSchema, type);
}

/**
 * A type as the compiler shows it to people: a struct by the fields of its
 * dataclass, without its JSON schema. The server prints the fields in any
 * order, here they are sorted; it does not close their braces.
 */
export function readableType(type: LiteralType | undefined): string {
  if (type === undefined) return "None";
  if (type.type.case !== "simple" || type.type.value !== SimpleType.STRUCT) return typeText(type);
  const fields = Object.entries(type.structure?.dataclassType ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `dataclass_type:{key:${name} value:{${readableType(field)}}`);
  return `simple: STRUCT structure{${fields.join(", ")}}`;
}
