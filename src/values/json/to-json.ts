import {
  type JsonValue,
  type JsonWriteOptions,
  type Message,
  toJson as toJsonOf,
} from "@bufbuild/protobuf";

import { InvalidOptionError } from "../../errors/index.js";
import { type OptionNames, requireKnownOptions } from "../../internal/validation/index.js";
import { schemaOf } from "./schema-of.js";
import { wellKnownSchemaOf } from "./schema-of.js";

const optionNames: OptionNames<JsonWriteOptions> = {
  alwaysEmitImplicit: true,
  enumAsInteger: true,
  useProtoFieldName: true,
  registry: true,
};

/**
 * Returns the protobuf JSON of a message that this package returns, without its schema in hand: what
 * `JSON.stringify` takes. 64-bit integers are strings, enums are names, times are ISO strings, durations are
 * strings such as `"3.5s"`, bytes are base64, and unset fields are left out.
 *
 * @param options - those of protobuf-es, such as `alwaysEmitImplicit`
 * @throws InvalidOptionError for anything but a message of this package
 *
 * @example
 * ```ts
 * response.end(JSON.stringify(toJson(await admin.executions.get(id))));
 * ```
 */
export function toJson(message: Message, options?: Partial<JsonWriteOptions>): JsonValue {
  const given: unknown = message;
  const typeName =
    typeof given === "object" && given !== null && "$typeName" in given
      ? given.$typeName
      : undefined;
  if (typeof typeName !== "string") {
    throw new InvalidOptionError(
      "toJson takes a message that the server returned, such as an Execution. Pass one message; for a list, map over its items.",
      { option: "message" },
    );
  }
  if (options !== undefined) requireKnownOptions(options, optionNames);
  const schema = schemaOf(typeName) ?? wellKnownSchemaOf(typeName);
  if (schema === undefined) {
    throw new InvalidOptionError(
      `toJson does not know ${typeName}. Use toJson of @bufbuild/protobuf with the message's schema.`,
      { option: "message" },
    );
  }
  return toJsonOf(schema, message, options);
}
