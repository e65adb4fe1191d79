import { type Identifier, IdentifierSchema } from "../../../gen/flyteidl/core/identifier_pb.js";
import { messageText } from "./message-text.js";

/** An identifier as error texts print it. */
export function identifierText(id: Identifier | undefined): string {
  return messageText(IdentifierSchema, id);
}
