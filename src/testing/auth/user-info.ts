import { create, type JsonObject } from "@bufbuild/protobuf";

import {
  type UserInfoResponse,
  UserInfoResponseSchema,
} from "../../../gen/flyteidl/service/identity_pb.js";
import type { Claims } from "../issuer/index.js";

/** Who a caller is: the claims of the token, and what the server keeps of the person. */
export interface Caller {
  readonly claims: Claims;
  /** The caller's scopes. An ID token carries none, and is not asked for them. */
  readonly scopes: readonly unknown[];
  readonly userInfo: Claims | undefined;
}

/**
 * The answer of UserInfo: the person's fields where the token or the cookie has them, subject and
 * email of the token otherwise, and every claim of the token.
 */
export function userInfoOf({ claims, userInfo }: Caller): UserInfoResponse {
  const person = userInfo ?? { subject: claims["sub"], email: emailOf(claims) };
  const text = (name: string) => {
    const value = person[name];
    return typeof value === "string" ? value : "";
  };
  return create(UserInfoResponseSchema, {
    subject: text("subject"),
    name: text("name"),
    preferredUsername: text("preferred_username"),
    givenName: text("given_name"),
    familyName: text("family_name"),
    email: text("email"),
    picture: text("picture"),
    // Claims come from JSON, so they are JSON.
    additionalClaims: claims as JsonObject,
  });
}

/** ID tokens give no email, access tokens of another issuer do; they differ by their scopes. */
function emailOf(claims: Claims): unknown {
  return claims["scp"] === undefined ? undefined : claims["email"];
}
