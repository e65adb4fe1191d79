import { toJson } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import {
  type Literal,
  type LiteralMap,
  LiteralSchema,
} from "flyte-admin-client/gen/flyteidl/core/literals_pb";

/** Outputs as `name = value`, one a line. */
export function literalsText({ literals }: LiteralMap): string {
  const lines = Object.entries(literals).map(
    ([name, literal]) => `${name} = ${valueText(literal)}`,
  );
  return lines.length === 0 ? "no outputs" : lines.join("\n");
}

function valueText(literal: Literal): string {
  const scalar = literal.value.case === "scalar" ? literal.value.value.value : undefined;
  const primitive = scalar?.case === "primitive" ? scalar.value.value : undefined;
  if (literal.value.case === "collection") {
    return `[${literal.value.value.literals.map(valueText).join(", ")}]`;
  }
  if (scalar?.case === "blob") return scalar.value.uri;
  if (primitive?.case === undefined) return JSON.stringify(toJson(LiteralSchema, literal));
  if (primitive.case === "datetime") return timestampDate(primitive.value).toISOString();
  if (primitive.case === "duration") return `${primitive.value.seconds} s`;
  return primitive.case === "stringValue"
    ? JSON.stringify(primitive.value)
    : String(primitive.value);
}
