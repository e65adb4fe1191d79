/** The name of a number of a protobuf enum; `unknown` for one that this version does not have. */
export function nameOf<Name extends string, Unknown extends string>(
  names: Readonly<Record<Name, number>>,
  number: number,
  unknown: Unknown,
): Name | Unknown {
  // An enum of TypeScript also maps its numbers to names, which its type does not say.
  const name = (names as Readonly<Record<number, unknown>>)[number];
  return typeof name === "string" && isKey(names, name) ? name : unknown;
}

function isKey<Name extends string>(of: Readonly<Record<Name, number>>, key: string): key is Name {
  return key in of;
}
