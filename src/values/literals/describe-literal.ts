import type { Literal, Primitive, Scalar } from "../../../gen/flyteidl/core/literals_pb.js";
import { show } from "./literal-error.js";

const scalarNames: Readonly<Record<NonNullable<Scalar["value"]["case"]>, string>> = {
  primitive: "a primitive",
  blob: "a blob",
  binary: "binary data",
  schema: "a schema",
  noneType: "null",
  error: "an error",
  generic: "a struct",
  structuredDataset: "a structured dataset",
  union: "a union",
};

/** A literal in a few words, for errors. */
export function describeLiteral(literal: Literal): string {
  switch (literal.value.case) {
    case "scalar":
      return describeScalar(literal.value.value);
    case "collection":
      return `a collection of ${literal.value.value.literals.length}`;
    case "map":
      return `a map of ${Object.keys(literal.value.value.literals).length}`;
    case "offloadedMetadata":
      return "an offloaded literal";
    case undefined:
      return "a literal that holds nothing";
  }
}

function describeScalar({ value }: Scalar): string {
  if (value.case === undefined) return "a literal that holds nothing";
  return value.case === "primitive" ? describePrimitive(value.value) : scalarNames[value.case];
}

function describePrimitive({ value }: Primitive): string {
  switch (value.case) {
    case "datetime":
      return "a datetime";
    case "duration":
      return "a duration";
    case undefined:
      return "a literal that holds nothing";
    default:
      return show(value.value);
  }
}
