import { signInError } from "../errors.js";
import { isRecord } from "../jwt.js";
import { askIssuer, type IssuerContext } from "../oauth/index.js";

/**
 * Reads an issuer's metadata from its well-known address: that of OAuth (RFC 8414) first, that of
 * OpenID Connect second.
 *
 * @param base The issuer's address.
 * @throws SignInError with reason `unsupported` when neither returns a document
 * @throws ConnectionError when the issuer cannot be reached
 */
export async function fetchWellKnown(
  base: string,
  context: IssuerContext,
): Promise<Readonly<Record<string, unknown>>> {
  const url = new URL(base);
  const path = url.pathname.replace(/\/+$/, "");
  const addresses = [
    `${url.origin}/.well-known/oauth-authorization-server${path}`,
    `${url.origin}${path}/.well-known/openid-configuration`,
  ];
  const found: string[] = [];
  for (const address of addresses) {
    const headers = { accept: "application/json" };
    const { status, bytes, cut } = await askIssuer(context, address, { headers });
    const document = status === 200 && !cut ? parse(bytes) : undefined;
    if (document !== undefined) return document;
    found.push(`${address} answered with status ${status}`);
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
