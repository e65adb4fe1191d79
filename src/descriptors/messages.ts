import type { DescFile, DescMessage } from "@bufbuild/protobuf";

import { addEnum } from "./enums.js";
import { addMembers } from "./members.js";
import { messageOptions, messageProto } from "./type-protos.js";
import type { Types } from "./types.js";

/** What has to wait until the types of a file are there: the parts that name them. */
export type Later = ((types: Types) => void)[];

/** Adds a message, out of the entries up to its end, to the message or file that it stands in. */
export function addMessage(
  file: DescFile,
  parent: DescMessage | undefined,
  head: string,
  entries: Iterable<string>,
  later: Later,
): void {
  const [name = "", mark] = head.split(" ");
  const deprecated = mark === "!";
  const proto = messageProto(name, deprecated ? messageOptions("deprecated") : undefined);
  const desc: DescMessage = {
    kind: "message",
    proto,
    deprecated,
    file,
    parent,
    name,
    typeName: `${parent?.typeName ?? file.proto.package}.${name}`,
    fields: [],
    field: {},
    oneofs: [],
    members: [],
    nestedEnums: [],
    nestedMessages: [],
    nestedExtensions: [],
    toString: () => `message ${desc.typeName}`,
  };
  const members: string[] = [];
  for (const entry of entries) {
    if (entry === "}") break;
    const rest = entry.slice(1);
    if (entry.startsWith("{")) addMessage(file, desc, rest, entries, later);
    else if (entry.startsWith("<")) addEnum(file, desc, rest, entries);
    else members.push(entry);
  }
  later.push((types) => {
    addMembers(desc, members, types);
  });
  (parent?.nestedMessages ?? file.messages).push(desc);
  (parent?.proto.nestedType ?? file.proto.messageType).push(proto);
}
