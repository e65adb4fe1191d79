import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import type { Struct, Value } from "@bufbuild/protobuf/wkt";

/** A Struct as protobuf-es keeps it in a field: as JSON. */
export function jsonOfStruct({ fields }: Struct): JsonObject {
  const json: JsonObject = {};
  for (const [name, value] of Object.entries(fields)) json[name] = jsonOfValue(value);
  return json;
}

function jsonOfValue({ kind }: Value): JsonValue {
  switch (kind.case) {
    case "structValue":
      return jsonOfStruct(kind.value);
    case "listValue":
      return kind.value.values.map(jsonOfValue);
    case "nullValue":
    case undefined:
      return null;
    default:
      return kind.value;
  }
}
