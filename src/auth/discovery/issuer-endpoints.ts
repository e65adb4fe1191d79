import type { OAuth2MetadataResponse } from "../../../gen/flyteidl/service/auth_pb.js";
import { signInError } from "../errors.js";
import { safeEndpoint } from "./safe-endpoint.js";
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
