import { InvalidOptionError } from "../../errors/index.js";
import { signInError } from "../errors.js";

/**
 * Checks an address that credentials are sent to: `https`, or `http` on this machine, or `http`
 * where the server itself is spoken to without TLS.
 *
 * @param what What the address is, for messages, such as `"token endpoint"`.
 * @throws SignInError with reason `unsupported` for anything else
 */
export function safeEndpoint(what: string, address: string, isPlainServer: boolean): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "https:") return url.href;
  if (url?.protocol === "http:" && (isPlainServer || isLoopback(url.hostname))) return url.href;
  throw signInError(
    `the ${what} ${url === undefined ? "is not an address" : `is at ${url.origin}, without TLS`}, and credentials are not sent there`,
    "Correct the server's metadata, or set tokenUrl or authorizationServerUrl.",
    { reason: "unsupported" },
  );
}

/**
 * Checks an address that the caller set.
 * @throws InvalidOptionError for an address that is not http or https
 */
export function checkAddress(option: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return address;
  throw new InvalidOptionError(
    `${option} must be an address with its scheme, such as "https://idp.example.com".`,
    { option },
  );
}

/** Whether a host is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
