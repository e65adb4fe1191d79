import type { CallOptions } from "@connectrpc/connect";

import type { Version } from "../../gen/flyteidl/admin/version_pb.js";
import type {
  OAuth2MetadataResponse,
  PublicClientAuthConfigResponse,
} from "../../gen/flyteidl/service/auth_pb.js";
import type { UserInfoResponse } from "../../gen/flyteidl/service/identity_pb.js";
import type { ResourceContext } from "./context.js";

/**
 * Who the caller is to the server, how to sign in, and which server it is.
 *
 * {@includeCode ../../examples/resources/identity.ts#example}
 */
export class Identity {
  readonly #context: ResourceContext;

  /** @internal */
  constructor(context: ResourceContext) {
    this.#context = context;
  }

  /**
   * Gets what the server knows of the caller. After a client-credentials sign-in every field but
   * `additionalClaims` is empty.
   *
   * @throws UnauthenticatedError without a good token; FlyteError with code UNIMPLEMENTED when the
   *   server has authentication off
   */
  async whoAmI(options?: CallOptions): Promise<UserInfoResponse> {
    return this.#context.clients.identity.userInfo({}, options);
  }

  /**
   * Gets the authorization server's metadata. No token is needed.
   *
   * @throws FlyteError with code UNIMPLEMENTED when the server has authentication off
   */
  async getOAuth2Metadata(options?: CallOptions): Promise<OAuth2MetadataResponse> {
    return this.#context.clients.authMetadata.getOAuth2Metadata({}, options);
  }

  /**
   * Gets what a public client signs in with: client id, redirect, scopes, and the header for the
   * token. No token is needed.
   *
   * @throws FlyteError with code UNIMPLEMENTED when the server has authentication off
   */
  async getPublicClientConfig(options?: CallOptions): Promise<PublicClientAuthConfigResponse> {
    return this.#context.clients.authMetadata.getPublicClientConfig({}, options);
  }

  /** Gets the version of the server; its fields are empty where the build did not say. */
  async getServerVersion(options?: CallOptions): Promise<Version | undefined> {
    const reply = await this.#context.clients.admin.getVersion({}, options);
    return reply.controlPlaneVersion;
  }
}
