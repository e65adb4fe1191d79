import type { DescMessage, Message } from "@bufbuild/protobuf";

import { fieldValue } from "../../internal/index.js";

/** Reads an answer as a page of a list; `undefined` when it is none. Pages have a token and one repeated field. */
export function pageOf(
  desc: DescMessage,
  message: Message,
): { readonly items: number; readonly nextToken: string | undefined } | undefined {
  const rows = desc.fields.find((field) => field.fieldKind === "list");
  const token = desc.fields.find((field) => field.name === "token" && field.fieldKind === "scalar");
  if (rows === undefined || token === undefined) return undefined;
  const items = fieldValue(message, rows);
  const nextToken = fieldValue(message, token);
  return {
    items: Array.isArray(items) ? items.length : 0,
    nextToken: typeof nextToken === "string" ? nextToken : undefined,
  };
}
