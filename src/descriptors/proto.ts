/**
 * A message of protobuf's own descriptors as `create` makes it: the values of fields that are
 * unset stand in its prototype, where protobuf tells them from fields that are set to the same.
 */
export function protoOf<const Name extends string, Unset extends object, Set extends object>(
  name: Name,
  unset: Unset,
  set: Set,
): { $typeName: `google.protobuf.${Name}` } & Unset & Set {
  const typeName = { $typeName: `google.protobuf.${name}` } as const;
  // Object.create gives any, whatever the prototype is.
  return Object.assign(Object.create(unset) as Unset, typeName, set);
}
