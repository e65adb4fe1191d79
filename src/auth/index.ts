export type { AuthOptions } from "./auth-options.js";
export { type Auth, createAuth } from "./auth.js";
export type { SignInServerOptions } from "./discovery/index.js";
export {
  MissingScopeError,
  SignedOutError,
  SignInError,
  signInError,
  type SignInErrorOptions,
  type SignInFailure,
} from "./errors.js";
export type { AuthEvent, AuthListener } from "./events.js";
export type { PendingSignIn, SignInFlow } from "./flow.js";
export {
  authorizationCode,
  type Authorizer,
  clientCredentials,
  type ClientCredentialsOptions,
  type DeviceCode,
  deviceCode,
  type DeviceCodeOptions,
  staticToken,
  tokenFrom,
} from "./flows/index.js";
export { isRecord } from "./jwt.js";
export { CookieSession, type CookieSessionOptions } from "./session/index.js";
export type { TokenStorage } from "./token-storage.js";
export type { AuthToken, TokenAnswer } from "./token.js";
