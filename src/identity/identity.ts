import type { Version } from "../../gen/flyteidl/admin/version_pb.js";
import type {
  OAuth2MetadataResponse,
  PublicClientAuthConfigResponse,
} from "../../gen/flyteidl/service/auth_pb.js";
import type { UserInfoResponse } from "../../gen/flyteidl/service/identity_pb.js";
import { callUnary, type Connection } from "../calls/index.js";
import {
  getOAuth2MetadataMethod,
  getPublicClientConfigMethod,
  getVersionMethod,
  userInfoMethod,
} from "../../gen/flyteidl/service/methods.js";
import type { CallOptions } from "../internal/index.js";

/**
 * Gets what the server knows of the caller. After a client-credentials sign-in every field but
 * `additionalClaims` is empty.
 *
 * @throws UnauthenticatedError without a good token; FlyteError with code UNIMPLEMENTED when the
 *   server has authentication off
 */
export async function getUserInfo(
  connection: Connection,
  options?: CallOptions,
): Promise<UserInfoResponse> {
  return callUnary(connection, userInfoMethod, {}, options);
}

/**
 * Gets the authorization server's metadata. No token is needed.
 *
 * @throws FlyteError with code UNIMPLEMENTED when the server has authentication off
 */
export async function getOAuth2Metadata(
  connection: Connection,
  options?: CallOptions,
): Promise<OAuth2MetadataResponse> {
  return callUnary(connection, getOAuth2MetadataMethod, {}, options);
}

/**
 * Gets what a public client signs in with: client id, redirect, scopes, and the header for the
 * token. No token is needed.
 *
 * @throws FlyteError with code UNIMPLEMENTED when the server has authentication off
 */
export async function getPublicClientConfig(
  connection: Connection,
  options?: CallOptions,
): Promise<PublicClientAuthConfigResponse> {
  return callUnary(connection, getPublicClientConfigMethod, {}, options);
}

/** Gets the version of the server; its fields are empty where the build did not say. */
export async function getServerVersion(
  connection: Connection,
  options?: CallOptions,
): Promise<Version | undefined> {
  const reply = await callUnary(connection, getVersionMethod, {}, options);
  return reply.controlPlaneVersion;
}
