import { create } from "@bufbuild/protobuf";
import { type Literal, LiteralSchema } from "../../gen/flyteidl/core/literals_pb.js";

/** A literal that holds a string. */
export function stringLiteral(value: string): Literal {
  return create(LiteralSchema, {
    value: {
      case: "scalar",
      value: {
        value: { case: "primitive", value: { value: { case: "stringValue", value } } },
      },
    },
  });
}
