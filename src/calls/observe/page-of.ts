import type { DescMessage, Message } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";

/** What an answer is as a page of a list; `undefined` when it is none. Pages have a token and one repeated field. */
export function pageOf(
  desc: DescMessage,
  message: Message,
): { readonly items: number; readonly nextToken: string | undefined } | undefined {
  const rows = desc.fields.find((field) => field.fieldKind === "list");
  const token = desc.fields.find((field) => field.name === "token" && field.fieldKind === "scalar");
  if (rows?.fieldKind !== "list" || token === undefined) return undefined;
  const answer = reflect(desc, message);
  const nextToken: unknown = answer.get(token);
  return {
    items: answer.get(rows).size,
    nextToken: typeof nextToken === "string" && nextToken !== "" ? nextToken : undefined,
  };
}
