import type { Transport } from "@connectrpc/connect";

import {
  AuthMetadataService,
  type PublicClientAuthConfigResponse,
} from "../../../gen/flyteidl/service/auth_pb.js";
import { type FlyteError, toFlyteError } from "../../errors/index.js";
import type { FetchContext } from "../../transports/fetch-once.js";
import { createUnaryClient } from "../../transports/unary-client.js";
import { endpointsOfDocument, endpointsOfMetadata } from "./issuer-endpoints.js";
import { safeEndpoint } from "./safe-endpoint.js";
import type { IssuerEndpoints, SignInOverrides, SignInServer } from "./sign-in-server.js";
import { fetchWellKnown } from "./well-known.js";

/** What a discovery stands on. */
export interface DiscoveryParts {
  /** Reaches the server, without a token. */
  readonly transport: Transport;
  /** The server's HTTP address, for the well-known document. `undefined` where there is none. */
  readonly baseUrl: string | undefined;
  readonly overrides: SignInOverrides;
  readonly fetch: FetchContext["fetch"];
  /** The longest time of one question, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Asks a server how to sign in: its AuthMetadataService first, well-known documents second.
 *
 * @returns `undefined` when the server runs without authentication: it answers UNIMPLEMENTED
 * @throws FlyteError when the server cannot be reached
 */
export async function discover(parts: DiscoveryParts): Promise<SignInServer | undefined> {
  const { transport, overrides, timeoutMs } = parts;
  const client = createUnaryClient(AuthMetadataService, transport);
  let config: PublicClientAuthConfigResponse | undefined;
  try {
    config = await client.getPublicClientConfig({}, { timeoutMs });
  } catch (thrown) {
    const error = toFlyteError(thrown, { rpc: "GetPublicClientConfig" });
    if (error.code === "UNIMPLEMENTED") return undefined;
    if (!isAnswer(error)) throw error;
  }
  let endpoints: Promise<IssuerEndpoints> | undefined;
  return {
    clientId: overrides.clientId ?? textOf(config?.clientId),
    redirectUri: overrides.redirectUri ?? textOf(config?.redirectUri),
    scopes: overrides.scopes ?? config?.scopes ?? [],
    audience: overrides.audience ?? textOf(config?.audience),
    metadataKey: textOf(config?.authorizationMetadataKey)?.toLowerCase(),
    endpoints: () => {
      endpoints ??= findEndpoints(parts).catch((error: unknown) => {
        // A failure is not kept: the issuer may be back for the next call.
        endpoints = undefined;
        throw error;
      });
      return endpoints;
    },
  };
}

async function findEndpoints(parts: DiscoveryParts): Promise<IssuerEndpoints> {
  const { tokenUrl } = parts.overrides;
  const isPlain = isPlainServer(parts);
  if (tokenUrl === undefined) return issuerEndpoints(parts, isPlain);
  const tokenEndpoint = safeEndpoint("token endpoint", tokenUrl, isPlain);
  // A service needs no other endpoint than the one that was set.
  const rest = await issuerEndpoints(parts, isPlain).catch(() => undefined);
  return {
    issuer: rest?.issuer ?? new URL(tokenEndpoint).origin,
    authorizationEndpoint: rest?.authorizationEndpoint,
    deviceAuthorizationEndpoint: rest?.deviceAuthorizationEndpoint,
    tokenEndpointAuthMethods: rest?.tokenEndpointAuthMethods ?? [],
    namesIssuer: rest?.namesIssuer ?? false,
    tokenEndpoint,
  };
}

async function issuerEndpoints(parts: DiscoveryParts, isPlain: boolean): Promise<IssuerEndpoints> {
  const { transport, overrides, baseUrl, fetch, timeoutMs } = parts;
  const { authorizationServerUrl } = overrides;
  const signal = AbortSignal.timeout(timeoutMs);
  if (authorizationServerUrl !== undefined) {
    const base = safeEndpoint("authorizationServerUrl", authorizationServerUrl, isPlain);
    const document = await fetchWellKnown(base, fetch, signal);
    return endpointsOfDocument(document, base, isPlain);
  }
  const client = createUnaryClient(AuthMetadataService, transport);
  try {
    const metadata = await client.getOAuth2Metadata({}, { timeoutMs });
    if (metadata.tokenEndpoint !== "") return endpointsOfMetadata(metadata, isPlain);
  } catch (thrown) {
    const error = toFlyteError(thrown, { rpc: "GetOAuth2Metadata" });
    // With an issuer of its own the server answers INTERNAL when it cannot reach it.
    if (!isAnswer(error) || baseUrl === undefined) throw error;
  }
  if (baseUrl === undefined) return noEndpoints;
  return endpointsOfDocument(await fetchWellKnown(baseUrl, fetch, signal), undefined, isPlain);
}

const noEndpoints: IssuerEndpoints = {
  issuer: "",
  tokenEndpoint: undefined,
  authorizationEndpoint: undefined,
  deviceAuthorizationEndpoint: undefined,
  tokenEndpointAuthMethods: [],
  namesIssuer: false,
};

/** Whether someone answered, be it a proxy: then another way may lead on. */
function isAnswer({ code }: FlyteError): boolean {
  return code !== "UNAVAILABLE" && code !== "DEADLINE_EXCEEDED" && code !== "CANCELLED";
}

/** Where calls go without TLS, an issuer without TLS makes nothing worse. */
function isPlainServer({ baseUrl }: DiscoveryParts): boolean {
  return baseUrl?.startsWith("http:") === true;
}

function textOf(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
