/** The output that a promise names, and the position in it where it names one item of a list. */
export interface VariableName {
  readonly name: string;
  readonly hasIndex: boolean;
}

const largestIndex = 2n ** 63n - 1n;

/**
 * Reads `name` or `[3].name`. As the server does, it searches the text for
 * exactly one such name and passes over what else is there.
 */
export function parseVariableName(text: string): VariableName | undefined {
  const matches = [...text.matchAll(/(?:\[(\d+)\]\.)?(\w+)/g)];
  const [match] = matches;
  if (matches.length !== 1 || match?.[2] === undefined) return undefined;
  const [, index, name] = match;
  if (index !== undefined && BigInt(index) > largestIndex) return undefined;
  return { name, hasIndex: index !== undefined };
}
