import protobuf from "protobufjs";
import type { ProtoFile } from "./proto-files.js";

/** Everything about a file that the wire, the JSON form or the gateway depends on, one line a fact. */
export function factsOfTheirs(file: Pick<ProtoFile, "messages" | "enums" | "services">): string[] {
  return [
    ...file.messages.flatMap(messageFacts),
    ...file.enums.flatMap(enumFacts),
    ...file.services.flatMap((service) => [
      `service ${nameOf(service)}`,
      ...service.methodsArray.flatMap(methodFacts),
    ]),
  ];
}

function messageFacts(message: protobuf.Type): string[] {
  const name = nameOf(message);
  return [
    `message ${name}${deprecated(message)}`,
    ...reservedFacts(name, message.reserved),
    ...message.oneofsArray.map((oneof) => `oneof ${name}.${oneof.name}`),
    ...message.fieldsArray.map((field) => fieldFact(name, field)),
  ];
}

/** protobufjs leaves the list out where nothing is reserved, against its own declarations. */
function reservedFacts(name: string, reserved: protobuf.Type["reserved"] | undefined): string[] {
  return (reserved ?? []).map(
    (range) =>
      `reserved ${name} ${typeof range === "string" ? range : `${range[0]} to ${range[1]}`}`,
  );
}

function fieldFact(message: string, field: protobuf.Field): string {
  const type = field.resolvedType === null ? field.type : nameOf(field.resolvedType);
  const label =
    field instanceof protobuf.MapField
      ? `map<${field.keyType}, ${type}>`
      : field.repeated
        ? `repeated ${type}`
        : type;
  const oneof = field.partOf === null ? "" : ` in ${field.partOf.name}`;
  return `field ${message}.${field.name} = ${field.id}: ${label}${oneof}, json ${jsonName(field)}${deprecated(field)}`;
}

function enumFacts(type: protobuf.Enum): string[] {
  const name = nameOf(type);
  return [
    `enum ${name}${deprecated(type)}`,
    ...reservedFacts(name, type.reserved),
    ...Object.entries(type.values).map(([value, number]) => `value ${name}.${value} = ${number}`),
  ];
}

function methodFacts(method: protobuf.Method): string[] {
  const name = `${method.parent === null ? "" : nameOf(method.parent)}.${method.name}`;
  const input = method.resolvedRequestType === null ? "?" : nameOf(method.resolvedRequestType);
  const output = method.resolvedResponseType === null ? "?" : nameOf(method.resolvedResponseType);
  const streams = `${method.requestStream === true ? " client-streaming" : ""}${method.responseStream === true ? " server-streaming" : ""}`;
  const rule = parsedOption(method, "(google.api.http)");
  return [
    `rpc ${name}(${input}) returns (${output})${streams}${deprecated(method)}`,
    ...(rule === undefined
      ? []
      : httpFacts(rule).map((binding, index) => `http ${name} ${index}: ${binding}`)),
  ];
}

/** A rule and its additional bindings, each as its members in order of their names. */
function httpFacts(rule: unknown): string[] {
  if (typeof rule !== "object" || rule === null)
    throw new Error(`not an HTTP rule: ${String(rule)}`);
  const { additional_bindings: additional, ...own } = { additional_bindings: [], ...rule };
  const binding = Object.entries(own).map(([member, value]) => `${member} ${String(value)}`);
  return [binding.sort().join(", "), ...[additional].flat().flatMap(httpFacts)];
}

function parsedOption(object: protobuf.ReflectionObject, name: string): unknown {
  const parsed: unknown = object.parsedOptions;
  if (!Array.isArray(parsed)) return undefined;
  return parsed
    .map((option: unknown) => new Map<string, unknown>(Object.entries(option ?? {})).get(name))
    .find((value) => value !== undefined);
}

function deprecated(object: protobuf.ReflectionObject): string {
  return object.getOption("deprecated") === true ? ", deprecated" : "";
}

/** The rule of the protobuf language: drop each underscore and raise the letter after it. */
function jsonName(field: protobuf.Field): string {
  return field.name.replace(/_(.?)/g, (_match, letter: string) => letter.toUpperCase());
}

function nameOf(object: protobuf.ReflectionObject): string {
  return object.fullName.replace(/^\./, "");
}
