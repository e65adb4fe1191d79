/** The longest token that is looked into, in characters. */
const maxLength = 65_536;

/**
 * The claims of a JSON web token, unverified: for its end and for messages, never for a decision
 * about trust. `undefined` for an opaque token.
 */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature] = token.length > maxLength ? [] : token.split(".");
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const base64 = payload.replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The scopes that a token carries, as FlyteAdmin reads them: the claim `scp`, an array or one
 * string. `undefined` where the token does not say.
 */
export function scopesOf(token: string): readonly string[] | undefined {
  const scp = claimsOf(token)?.["scp"];
  if (typeof scp === "string") return [scp];
  if (!Array.isArray(scp)) return undefined;
  return scp.filter((scope) => typeof scope === "string").slice(0, 50);
}

/** Whether a value is an object with named properties. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
