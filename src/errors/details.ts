import { create, type JsonValue, toBinary } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";

import type { ErrorDetail } from "./flyte-error.js";

/** Returns the details of a Connect error as they came. */
export function detailsOf(error: ConnectError): readonly ErrorDetail[] {
  return error.details.map((detail): ErrorDetail => {
    if ("desc" in detail) {
      const { desc } = detail;
      return {
        typeUrl: typeUrlOf(desc.typeName),
        value: toBinary(desc, create(desc, detail.value)),
      };
    }
    const { type, value, debug } = detail;
    const isJson = value.length === 0 && debug !== undefined;
    return { typeUrl: typeUrlOf(type), value, ...(isJson && { json: debug }) };
  });
}

/** Returns a detail that was written as JSON, with its `@type`, as a Connect error holds it. */
export function detailFromJson(detail: JsonValue): ConnectError["details"][number] | undefined {
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return undefined;
  const { "@type": typeUrl, ...debug } = detail;
  if (typeof typeUrl !== "string") return undefined;
  return { type: typeUrl.replace(/^.*\//s, ""), value: new Uint8Array(), debug };
}

function typeUrlOf(typeName: string): string {
  return `type.googleapis.com/${typeName}`;
}
