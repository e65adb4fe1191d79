import type { Version } from "../../gen/flyteidl/admin/version_pb.js";
import type {
  OAuth2MetadataResponse,
  PublicClientAuthConfigResponse,
} from "../../gen/flyteidl/service/auth_pb.js";
import type { UserInfoResponse } from "../../gen/flyteidl/service/identity_pb.js";
import type { Connection } from "../calls/index.js";
import type { CallOptions } from "../internal/index.js";
import {
  getOAuth2Metadata,
  getPublicClientConfig,
  getServerVersion,
  getUserInfo,
} from "../identity/index.js";

/**
 * Who the caller is to the server, how to sign in, and which server it is.
 *
 * @example
 * ```ts
 * const server = await admin.identity.getServerVersion();
 * console.log("FlyteAdmin", server?.Version);
 *
 * try {
 *   const config = await admin.identity.getPublicClientConfig();
 *   console.log("sign in as", config.clientId, "for", config.scopes);
 * } catch (error) {
 *   if (!isFlyteError(error, "UNIMPLEMENTED")) throw error;
 *   console.log("no sign-in is needed");
 * }
 * ```
 */
export class Identity {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Gets what the server knows of the caller. After a client-credentials sign-in every field but
   * `additionalClaims` is empty.
   *
   * @throws UnauthenticatedError without a good token; FlyteError with code UNIMPLEMENTED when the
   *   server has authentication off
   */
  getUserInfo(options?: CallOptions): Promise<UserInfoResponse> {
    return getUserInfo(this.#connection, options);
  }

  /**
   * Gets the authorization server's metadata. No token is needed.
   *
   * @throws FlyteError with code UNIMPLEMENTED when the server has authentication off
   */
  getOAuth2Metadata(options?: CallOptions): Promise<OAuth2MetadataResponse> {
    return getOAuth2Metadata(this.#connection, options);
  }

  /**
   * Gets what a public client signs in with: client id, redirect, scopes, and the header for the
   * token. No token is needed.
   *
   * @throws FlyteError with code UNIMPLEMENTED when the server has authentication off
   */
  getPublicClientConfig(options?: CallOptions): Promise<PublicClientAuthConfigResponse> {
    return getPublicClientConfig(this.#connection, options);
  }

  /** Gets the version of the server; its fields are empty where the build did not say. */
  getServerVersion(options?: CallOptions): Promise<Version | undefined> {
    return getServerVersion(this.#connection, options);
  }
}
