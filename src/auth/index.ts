export type { AuthEvent, AuthListener, AuthOptions } from "./auth-options.js";
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
export { type AuthToken, isTokenText, type TokenAnswer } from "./token.js";
export { CookieSession, type CookieSessionOptions } from "./cookie-session.js";
export type { TokenStorage } from "./token-storage.js";
