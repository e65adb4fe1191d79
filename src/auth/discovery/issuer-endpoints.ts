import type { OAuth2MetadataResponse } from "../../../gen/flyteidl/service/auth_pb.js";
import { InvalidOptionError } from "../../errors/index.js";
import { signInError } from "../errors.js";
import { askIssuer, readJsonObject, type IssuerContext } from "../ask-issuer.js";
import type { IssuerEndpoints } from "./sign-in-server.js";

/** The endpoints that FlyteAdmin's `GetOAuth2Metadata` names. */
export function endpointsOfMetadata(
  metadata: OAuth2MetadataResponse,
  isPlainServer: boolean,
): IssuerEndpoints {
  const checked = checker(isPlainServer);
  return {
    issuer: metadata.issuer,
    tokenEndpoint: checked("token endpoint", metadata.tokenEndpoint),
    authorizationEndpoint: checked("authorization endpoint", metadata.authorizationEndpoint),
    deviceAuthorizationEndpoint: checked(
      "device authorization endpoint",
      metadata.deviceAuthorizationEndpoint,
    ),
    tokenEndpointAuthMethods: metadata.tokenEndpointAuthMethodsSupported,
    namesIssuer: false,
  };
}

/**
 * The endpoints that a well-known document names.
 *
 * @param expectedIssuer The issuer that the caller set; the document must be its own.
 * @throws SignInError with reason `unsupported` when it is another's
 */
export function endpointsOfDocument(
  document: Readonly<Record<string, unknown>>,
  expectedIssuer: string | undefined,
  isPlainServer: boolean,
): IssuerEndpoints {
  const text = (name: string) => {
    const value = document[name];
    return typeof value === "string" ? value : undefined;
  };
  const issuer = text("issuer") ?? "";
  if (expectedIssuer !== undefined && bare(issuer) !== bare(expectedIssuer)) {
    throw signInError(
      "the well-known document at authorizationServerUrl is that of another issuer",
      "Set authorizationServerUrl to the address that the issuer calls itself.",
      { reason: "unsupported" },
    );
  }
  const checked = checker(isPlainServer);
  const methods = document["token_endpoint_auth_methods_supported"];
  return {
    issuer,
    tokenEndpoint: checked("token endpoint", text("token_endpoint")),
    authorizationEndpoint: checked("authorization endpoint", text("authorization_endpoint")),
    deviceAuthorizationEndpoint: checked(
      "device authorization endpoint",
      text("device_authorization_endpoint"),
    ),
    tokenEndpointAuthMethods: Array.isArray(methods)
      ? methods.filter((method) => typeof method === "string")
      : [],
    namesIssuer: document["authorization_response_iss_parameter_supported"] === true,
  };
}

function checker(isPlainServer: boolean) {
  return (what: string, address: string | undefined): string | undefined =>
    address === undefined || address === ""
      ? undefined
      : safeEndpoint(what, address, isPlainServer);
}

function bare(issuer: string): string {
  return issuer.replace(/\/+$/, "");
}

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
    const answer = await askIssuer(context, address, { headers });
    const document = answer.status === 200 ? readJsonObject(answer) : undefined;
    if (typeof document?.["issuer"] === "string") return document;
    found.push(`${address} answered with status ${answer.status}`);
  }
  throw signInError(
    `there is no metadata of the issuer: ${found.join(", ")}`,
    "Check authorizationServerUrl, or set tokenUrl.",
    { reason: "unsupported" },
  );
}
