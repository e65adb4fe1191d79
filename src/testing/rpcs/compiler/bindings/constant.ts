import { Code } from "@connectrpc/connect";

import type { Scalar } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type { LiteralType } from "../../../../../gen/flyteidl/core/types_pb.js";
import { adminError } from "../../../server-errors.js";
import { isCastable, scalarType } from "../../types/index.js";
import { illegalEnumValue, mismatchingTypes, unrecognizedValue } from "../errors/index.js";
import type { BindingContext, ResolvedBinding } from "./binding-context.js";

/**
 * Checks a constant.
 * @throws INTERNAL without a text when it has no value, as the server's recovery from a crash answers
 */
export function checkConstant(
  { node, input, checksTypes, errors }: BindingContext,
  scalar: Scalar,
  expected: LiteralType | undefined,
): ResolvedBinding | undefined {
  if (scalar.value.case === undefined) throw adminError(Code.Internal, "");
  const isClean = errors.startCheck();
  const nodeId = node.message.id;
  const type = scalarType(scalar);
  if (type === undefined) {
    // Only a blob without metadata has a value and no type.
    errors.collect(unrecognizedValue(nodeId, "*core.Scalar_Blob"));
  } else if (checksTypes && (hasEmptyType(scalar) || !isCastable(type, expected))) {
    errors.collect(mismatchingTypes(nodeId, input, type, expected));
  }
  if (expected?.type.case === "enumType") {
    const { values } = expected.type.value;
    const text = stringOf(scalar);
    if (!values.includes(text)) errors.collect(illegalEnumValue(nodeId, input, text, values));
  }
  return isClean() ? { type, upstream: [] } : undefined;
}

/** A value with the kind of its type alone. The server finds no type in it, and accepts it nowhere. */
function hasEmptyType({ value }: Scalar): boolean {
  switch (value.case) {
    case "blob":
      return value.value.metadata?.type === undefined;
    case "schema":
      return value.value.type === undefined;
    case "structuredDataset":
      return value.value.metadata?.structuredDatasetType === undefined;
    default:
      return false;
  }
}

function stringOf({ value }: Scalar): string {
  if (value.case !== "primitive") return "";
  const primitive = value.value.value;
  return primitive.case === "stringValue" ? primitive.value : "";
}
