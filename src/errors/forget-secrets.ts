/** How deep causes are looked into. */
const maxDepth = 6;

/**
 * Takes secrets from the texts of an error and of its causes, in place, as an error's kind matters
 * to those who catch it. Each leaves `…`.
 */
export function forgetSecrets(error: unknown, secrets: readonly string[]): void {
  // The longest first, so that no end of one stays where another is a part of it.
  const ordered = [...secrets].sort((one, other) => other.length - one.length);
  if (ordered.length > 0) forget(error, ordered, 0);
}

function forget(error: unknown, secrets: readonly string[], depth: number): void {
  if (!(error instanceof Error) || depth > maxDepth) return;
  for (const name of Object.getOwnPropertyNames(error)) {
    const text: unknown = Reflect.get(error, name);
    if (typeof text !== "string") continue;
    let clean = text;
    for (const secret of secrets) clean = clean.replaceAll(secret, "…");
    if (clean !== text) Reflect.set(error, name, clean);
  }
  forget(error.cause, secrets, depth + 1);
  if (!(error instanceof AggregateError)) return;
  for (const each of error.errors) forget(each, secrets, depth + 1);
}
