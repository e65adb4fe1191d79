import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";

import {
  AuthMetadataService,
  type OAuth2MetadataResponse,
  OAuth2MetadataResponseSchema,
  type PublicClientAuthConfigResponse,
  PublicClientAuthConfigResponseSchema,
} from "../../../../../gen/flyteidl/service/auth_pb.js";
import {
  IdentityService,
  type UserInfoResponse,
  UserInfoResponseSchema,
} from "../../../../../gen/flyteidl/service/identity_pb.js";
import type { AuthMetadataInput, FlyteState } from "../../../store/index.js";

/** Answers with the user behind the call. */
export function userInfo(state: FlyteState): UserInfoResponse {
  return create(UserInfoResponseSchema, authOf(state, IdentityService.typeName).userInfo);
}

/** Answers with the endpoints that issue tokens. */
export function oauth2Metadata(state: FlyteState): OAuth2MetadataResponse {
  const { oauth2Metadata: metadata } = authOf(state, AuthMetadataService.typeName);
  return create(OAuth2MetadataResponseSchema, metadata);
}

/** Answers with how public clients are to ask for tokens. */
export function publicClientConfig(state: FlyteState): PublicClientAuthConfigResponse {
  const { publicClientConfig: config } = authOf(state, AuthMetadataService.typeName);
  return create(PublicClientAuthConfigResponseSchema, config);
}

/** @throws UNIMPLEMENTED where authentication is off: the server then does not have the service */
function authOf(state: FlyteState, service: string): AuthMetadataInput {
  if (state.auth === undefined) {
    throw new ConnectError(`unknown service ${service}`, Code.Unimplemented);
  }
  return state.auth;
}
