import { signInError } from "../errors.js";
import { isRecord } from "../jwt.js";
import { type FetchContext, fetchOnce } from "../../transports/fetch-once.js";
import { readBody } from "../../transports/read-body.js";

/** The longest document that is read, in bytes. */
const maxBytes = 262_144;

/**
 * Reads an issuer's metadata from its well-known address: that of OAuth (RFC 8414) first, that of
 * OpenID Connect second.
 *
 * @param base The issuer's address.
 * @throws SignInError with reason `unsupported` when neither gives a document
 * @throws ConnectionError when the issuer cannot be reached
 */
export async function fetchWellKnown(
  base: string,
  fetch: FetchContext["fetch"],
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const url = new URL(base);
  const path = url.pathname.replace(/\/+$/, "");
  const addresses = [
    `${url.origin}/.well-known/oauth-authorization-server${path}`,
    `${url.origin}${path}/.well-known/openid-configuration`,
  ];
  const found: string[] = [];
  for (const address of addresses) {
    const context = { rpc: "SignIn", authority: url.host, fetch };
    const response = await fetchOnce(context, address, {
      headers: { accept: "application/json" },
      signal,
    });
    const { bytes, cut } = await readBody(response, maxBytes);
    const document = response.status === 200 && !cut ? parse(bytes) : undefined;
    if (document !== undefined) return document;
    found.push(`${address} answered with status ${response.status}`);
  }
  throw signInError(
    `there is no metadata of the issuer: ${found.join(", ")}`,
    "Check authorizationServerUrl, or set tokenUrl.",
    { reason: "unsupported" },
  );
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(value) && typeof value["issuer"] === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
