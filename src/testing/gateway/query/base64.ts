import { base64Decode } from "@bufbuild/protobuf/wire";

import { FieldFault } from "./field-fault.js";

/** Reads base64 in the standard or the URL-safe alphabet, with padding, as query parameters carry it. */
export function parseBase64(text: string): Uint8Array {
  if (
    !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(
      text.replace(/-/g, "+").replace(/_/g, "/"),
    )
  ) {
    const at = /[^A-Za-z0-9_-]/.exec(text)?.index ?? text.length - (text.length % 4);
    throw new FieldFault(`illegal base64 data at input byte ${at}`);
  }
  return base64Decode(text.replace(/-/g, "+").replace(/_/g, "/"));
}
