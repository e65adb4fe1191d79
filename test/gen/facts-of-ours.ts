import { ScalarType } from "@bufbuild/protobuf";
import type { DescEnum, DescField, DescMessage, DescMethod, DescService } from "@bufbuild/protobuf";
import { restRoutes } from "../../gen/flyteidl/service/rest_routes.js";

interface Declared {
  readonly messages: readonly DescMessage[];
  readonly enums: readonly DescEnum[];
  readonly services: readonly DescService[];
}

/** The same facts, in the same words, as `factsOfTheirs`, from the descriptors of gen/. */
export function factsOfOurs(declared: Declared): string[] {
  return [
    ...declared.messages.flatMap(messageFacts),
    ...declared.enums.flatMap(enumFacts),
    ...declared.services.flatMap((service) => [
      `service ${service.typeName}`,
      ...service.methods.flatMap(methodFacts),
    ]),
  ];
}

function messageFacts(message: DescMessage): string[] {
  const name = message.typeName;
  return [
    `message ${name}${deprecated(message)}`,
    // A descriptor's range ends before `end`, the language's includes its end.
    ...message.proto.reservedRange.map(
      (range) => `reserved ${name} ${range.start} to ${range.end - 1}`,
    ),
    ...message.proto.reservedName.map((reserved) => `reserved ${name} ${reserved}`),
    ...message.oneofs.map((oneof) => `oneof ${name}.${oneof.name}`),
    ...message.fields.map((field) => fieldFact(name, field)),
  ];
}

function fieldFact(message: string, field: DescField): string {
  const oneof = field.oneof === undefined ? "" : ` in ${field.oneof.name}`;
  return `field ${message}.${field.name} = ${field.number}: ${label(field)}${oneof}, json ${field.jsonName}${deprecated(field)}`;
}

function label(field: DescField): string {
  const type = field.message?.typeName ?? field.enum?.typeName ?? scalarName(field.scalar);
  if (field.fieldKind === "list") return `repeated ${type}`;
  return field.fieldKind === "map" ? `map<${scalarName(field.mapKey)}, ${type}>` : type;
}

function scalarName(scalar: ScalarType | undefined): string {
  return scalar === undefined ? "?" : ScalarType[scalar].toLowerCase();
}

function enumFacts(type: DescEnum): string[] {
  return [
    `enum ${type.typeName}${deprecated(type)}`,
    // Unlike a message's, an enum's range includes its end.
    ...type.proto.reservedRange.map(
      (range) => `reserved ${type.typeName} ${range.start} to ${range.end}`,
    ),
    ...type.values.map((value) => `value ${type.typeName}.${value.name} = ${value.number}`),
  ];
}

function methodFacts(method: DescMethod): string[] {
  const name = `${method.parent.typeName}.${method.name}`;
  const streams = `${method.proto.clientStreaming ? " client-streaming" : ""}${method.proto.serverStreaming ? " server-streaming" : ""}`;
  return [
    `rpc ${name}(${method.input.typeName}) returns (${method.output.typeName})${streams}${deprecated(method)}`,
    ...httpFacts(method).map((rule, index) => `http ${name} ${index}: ${rule}`),
  ];
}

/** The routes of the table, which replaces the options. All but GET have the whole request as their body. */
function httpFacts({ parent, name }: DescMethod): string[] {
  const bindings = restRoutes[parent.typeName]?.[name]?.bindings ?? [];
  return bindings.map((binding) => {
    const [verb = "?", path = "?"] = binding.split(" ");
    return [...(verb === "GET" ? [] : ["body *"]), `${verb.toLowerCase()} ${path}`].join(", ");
  });
}

function deprecated(object: { readonly deprecated: boolean }): string {
  return object.deprecated ? ", deprecated" : "";
}
