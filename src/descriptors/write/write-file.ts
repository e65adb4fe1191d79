import type {
  DescEnum,
  DescField,
  DescFile,
  DescMessage,
  DescMethod,
  DescOneof,
  DescService,
} from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { BinaryReader } from "@bufbuild/protobuf/wire";

/**
 * Writes a file as the text that `fileFromText` reads. What the text has no place for is left out, so what is
 * read from it has to be compared.
 */
export function writeFile(file: DescFile): string {
  const nameOf = namesIn(file);
  return [
    file.name,
    ...file.messages.flatMap((message) => messageEntries(message, nameOf)),
    ...file.enums.flatMap(enumEntries),
    ...file.services.flatMap((service) => serviceEntries(service, nameOf)),
  ].join(";");
}

/** Writes a file that has one method of a service and nothing else. */
export function writeMethod(method: DescMethod): string {
  const { file, name } = method.parent;
  const nameOf = namesIn({ ...file, dependencies: importsOf(method), messages: [], enums: [] });
  return [file.name, `(${name}`, methodEntry(method, nameOf), "}"].join(";");
}

/** The files that a method's messages are in. */
export function importsOf({ input, output }: DescMethod): DescFile[] {
  return [...new Set([input.file, output.file])];
}

type NameOf = (type: DescMessage | DescEnum) => string;

/** The name of a type in a file: within its package where that says which one is meant. */
function namesIn(file: DescFile): NameOf {
  const seen = new Map<string, string>();
  for (const each of [...file.dependencies, file]) {
    for (const type of nestedTypes(each)) {
      if (type.kind === "message" || type.kind === "enum") seen.set(shortName(type), type.typeName);
    }
  }
  return (type) =>
    seen.get(shortName(type)) === type.typeName ? shortName(type) : `.${type.typeName}`;
}

function shortName({ typeName, file }: DescMessage | DescEnum): string {
  return typeName.slice(file.proto.package.length + 1);
}

function messageEntries(message: DescMessage, nameOf: NameOf): string[] {
  return [
    `{${message.name}${message.deprecated ? " !" : ""}`,
    ...memberEntries(message, nameOf),
    ...message.nestedMessages.flatMap((nested) => messageEntries(nested, nameOf)),
    ...message.nestedEnums.flatMap(enumEntries),
    ...message.proto.reservedRange.map(rangeEntry),
    "}",
  ];
}

function memberEntries(message: DescMessage, nameOf: NameOf): string[] {
  let open: DescOneof | undefined;
  return message.fields.flatMap((field, at) => {
    const marks = field.oneof === open ? [] : [`|${field.oneof?.name ?? ""}`];
    open = field.oneof;
    return [...marks, fieldEntry(field, message.fields[at - 1]?.number ?? 0, nameOf)];
  });
}

function fieldEntry(field: DescField, numberBefore: number, nameOf: NameOf): string {
  const words = [numbered(field, numberBefore + 1), fieldType(field, nameOf)];
  if (field.deprecated) words.push("!");
  return words.join(" ").replace(/ i$/, "");
}

function fieldType(field: DescField, nameOf: NameOf): string {
  const mark = field.fieldKind === "list" ? "*" : field.fieldKind === "map" ? "%" : "";
  const type = field.message ?? field.enum;
  return mark + (type ? nameOf(type) : String.fromCharCode(96 + (field.scalar ?? 0)));
}

function serviceEntries(service: DescService, nameOf: NameOf): string[] {
  return [`(${service.name}`, ...service.methods.map((method) => methodEntry(method, nameOf)), "}"];
}

function methodEntry(method: DescMethod, nameOf: NameOf): string {
  const deprecated = method.deprecated ? " !" : "";
  return `${method.name} ${nameOf(method.input)} ${nameOf(method.output)}${deprecated}`;
}

function enumEntries(type: DescEnum): string[] {
  return [
    `<${type.name}`,
    ...type.values.map((value, at) => numbered(value, (type.values[at - 1]?.number ?? -1) + 1)),
    ...type.proto.reservedRange.map(rangeEntry),
    "}",
  ];
}

function numbered(
  { name, number }: { readonly name: string; readonly number: number },
  next: number,
): string {
  return number === next ? name : `${name}=${number}`;
}

function rangeEntry({ start, end }: { readonly start: number; readonly end: number }): string {
  return `^${start} ${end}`;
}

/** The fields of `google.api.HttpRule` that hold a path, by their verbs. */
const verbFields = { GET: 2, PUT: 3, POST: 4, DELETE: 5, PATCH: 6 } as const;

/** An HTTP verb of a route. */
export type Verb = keyof typeof verbFields;

/** A verb and path that `google.api.http` assigns to a method. */
export interface HttpRule {
  readonly verb: Verb;
  readonly path: string;
  /** `*` for the whole request, empty for none. */
  readonly body: string;
}

/** The number of the `google.api.http` option of a method. */
export const httpOption = 72_295_728;
const bodyField = 7;
const bindingsField = 11;
const verbs = new Map<number, Verb>(
  Object.entries(verbFields).map(([verb, field]) => [field, verb as Verb]),
);

/**
 * Reads the `google.api.http` option of a method with its additional bindings, first to last. Its bytes are read,
 * since the option's own descriptor is among what is generated from this.
 *
 * @throws Error for a rule of a kind that FlyteAdmin does not use
 */
export function httpRules(method: DescMethod): readonly HttpRule[] {
  const option = method.proto.options?.$unknown?.find(({ no }) => no === httpOption);
  return option === undefined ? [] : rulesIn(new BinaryReader(option.data).bytes(), method.name);
}

function rulesIn(bytes: Uint8Array, rpc: string): readonly HttpRule[] {
  const reader = new BinaryReader(bytes);
  let verb: Verb | undefined;
  let [path, body] = ["", ""];
  const others: HttpRule[] = [];
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    const itsVerb = verbs.get(field);
    if (itsVerb !== undefined) [verb, path] = [itsVerb, reader.string()];
    else if (field === bodyField) body = reader.string();
    else if (field === bindingsField) others.push(...rulesIn(reader.bytes(), rpc));
    else throw new Error(`${rpc} has a google.api.http rule with field ${field}`);
  }
  if (verb === undefined) throw new Error(`${rpc} has a google.api.http rule without a path`);
  if (body !== "" && body !== "*") throw new Error(`${rpc} takes field ${body} as its body`);
  return [{ verb, path, body }, ...others];
}
