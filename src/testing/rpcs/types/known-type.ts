import { type LiteralType } from "../../../../gen/flyteidl/core/types_pb.js";
import { invalidArgument } from "../../server-errors.js";

/**
 * Refuses a literal whose type cannot be determined, at any depth.
 * @param name - what the literal is, in the error's text
 */
export function checkKnownType(name: string, type: LiteralType | undefined): void {
  if (type === undefined) {
    throw invalidArgument(
      `Failed to validate literal type for [${name}] with err: got unknown literal type: [<nil>].\n` +
        "Suggested solution: Please update all your Flyte deployment images to the latest version and try again",
    );
  }
  const { type: inner } = type;
  if (inner.case === "collectionType" || inner.case === "mapValueType") {
    checkKnownType(name, inner.value);
  }
}
