export { fromBase64Url, randomText, toBase64Url } from "./base64url.js";
export type { IssuerDeviceOptions } from "./device-codes.js";
export { FakeIssuer, type FakeIssuerOptions, type ListeningIssuer } from "./fake-issuer.js";
export type {
  IssuerEndpoint,
  IssuerFailure,
  IssuerFailures,
  IssuerRequest,
} from "./issuer-failures.js";
export { oauthJson, OAuthRefusal, refusalResponse } from "./oauth-error.js";
export {
  defaultLives,
  type IssuerClient,
  type IssuerUser,
  testUser,
  type TokenLives,
} from "./parties.js";
export { challengeOf } from "./pkce.js";
export { type Claims, SigningKeys } from "./signing-keys.js";
export { checkClient, readTokenRequest, scopesIn, type TokenRequest } from "./token-request.js";
