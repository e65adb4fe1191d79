import { namesCredential } from "../errors/redact.js";

/** A text as short as this stands in a message by chance. */
const minLength = 6;

/** How deep causes are looked into. */
const maxDepth = 6;

/**
 * Takes from a failure the credentials that went out with the request: servers and proxies repeat
 * them in their words, where a token of no known form cannot be told from other words. They are
 * taken from the error itself, in place, as its kind matters to those who catch it.
 */
export function forgetSent(error: unknown, sent: Headers): void {
  const secrets = secretsIn(sent);
  if (secrets.length > 0) forget(error, secrets, 0);
}

function secretsIn(sent: Headers): readonly string[] {
  const secrets = new Set<string>();
  sent.forEach((value, name) => {
    if (!namesCredential(name)) return;
    for (const part of value.split(/;\s*/)) {
      secrets.add(part);
      // After a scheme such as Bearer, and after a cookie's name.
      const [, bare = ""] = /^(?:\w+\s+|[^=\s]+=)(.+)$/.exec(part) ?? [];
      secrets.add(bare);
      if (/^basic\s/i.test(part)) for (const word of ofBasic(bare)) secrets.add(word);
    }
  });
  // The longest first, so that no end of one stays where another is a part of it.
  return [...secrets]
    .filter(({ length }) => length >= minLength)
    .sort((one, other) => other.length - one.length);
}

/** User and password together, and the password alone. */
function ofBasic(encoded: string): readonly string[] {
  try {
    const pair = atob(encoded);
    return [pair, pair.slice(pair.indexOf(":") + 1)];
  } catch {
    return [];
  }
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
