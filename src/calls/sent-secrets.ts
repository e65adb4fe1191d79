import { forgetSecrets } from "../errors/forget-secrets.js";
import { namesCredential } from "../errors/redact.js";

/** A text as short as this stands in a message by chance. */
const minLength = 6;

/**
 * Takes from a failure the credentials that went out with the request: servers and proxies repeat
 * them in their words, where a token of no known form cannot be told from other words. They are
 * taken from the error itself, in place, as its kind matters to those who catch it.
 */
export function forgetSent(error: unknown, sent: Headers): void {
  forgetSecrets(error, secretsIn(sent));
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
  return [...secrets].filter(({ length }) => length >= minLength);
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
