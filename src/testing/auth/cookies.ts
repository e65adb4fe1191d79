import { fromBase64Url, toBase64Url } from "../issuer/index.js";

/** The cookies of a request. */
export function cookiesOf(headers: Headers): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  const text = headers.get("cookie") ?? headers.get("grpcgateway-cookie") ?? "";
  for (const pair of text.split(/;\s*/)) {
    const at = pair.indexOf("=");
    if (at > 0) cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return cookies;
}

/** A `Set-Cookie` value with the attributes of a stock server. */
export function setCookie(name: string, value: string, isLax = false): string {
  return `${name}=${value}; HttpOnly; Secure${isLax ? "; SameSite=Lax" : ""}`;
}

/** A `Set-Cookie` value that takes a cookie away. */
export function expireCookie(name: string, now: Date): string {
  return `${name}=; Expires=${now.toUTCString()}; HttpOnly; Secure`;
}

const seal = "sealed|";

/** The value of a cookie that only the server reads. Real ones are encrypted; these only look so. */
export function sealCookie(value: string): string {
  return toBase64Url(seal + value);
}

/** Reads what {@link sealCookie} wrote. `undefined` for anything else: the server takes such a cookie for none. */
export function openCookie(value: string | undefined): string | undefined {
  const bytes = value === undefined ? undefined : fromBase64Url(value);
  const text = bytes === undefined ? "" : new TextDecoder().decode(bytes);
  return text.startsWith(seal) ? text.slice(seal.length) : undefined;
}
