import protobuf from "protobufjs";

/** The full names of the messages and enums that the methods of `services` can carry, sorted; google.protobuf's left out. */
export function reachableFrom(services: readonly protobuf.Service[]): string[] {
  const reached = new Set<protobuf.Type | protobuf.Enum>();
  for (const method of services.flatMap((service) => service.methodsArray)) {
    visit(method.resolvedRequestType, reached);
    visit(method.resolvedResponseType, reached);
  }
  return [...reached]
    .map((type) => type.fullName.slice(1))
    .filter((name) => !name.startsWith("google.protobuf."))
    .sort();
}

function visit(
  type: protobuf.Type | protobuf.Enum | null,
  reached: Set<protobuf.Type | protobuf.Enum>,
): void {
  if (type === null) throw new Error("a type was left unresolved: call resolveAll first");
  if (reached.has(type)) return;
  reached.add(type);
  if (type instanceof protobuf.Enum) return;
  for (const field of type.fieldsArray)
    if (field.resolvedType !== null) visit(field.resolvedType, reached);
}
