export { type Auth, createAuth } from "./auth.js";
export type { AuthOptions } from "./auth-options.js";
export type { SignInServerOptions } from "./discovery/sign-in-server.js";
export {
  MissingScopeError,
  SignedOutError,
  SignInError,
  type SignInErrorOptions,
  type SignInFailure,
} from "./errors.js";
export type { AuthEvent, AuthListener } from "./events.js";
export type { PendingSignIn, SignInFlow } from "./flow.js";
export { type Authorizer, authorizationCode } from "./flows/authorization-code.js";
export { clientCredentials, type ClientCredentialsOptions } from "./flows/client-credentials.js";
export { type DeviceCode, deviceCode, type DeviceCodeOptions } from "./flows/device-code.js";
export { staticToken, tokenFrom } from "./flows/given-token.js";
export { CookieSession, type CookieSessionOptions } from "./session/cookie-session.js";
export type { AuthToken, TokenAnswer } from "./token.js";
export type { TokenStorage } from "./token-storage.js";
