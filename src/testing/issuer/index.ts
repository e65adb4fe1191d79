export type { IssuerDeviceOptions } from "./device-codes.js";
export { FakeIssuer, type FakeIssuerOptions, type ListeningIssuer } from "./fake-issuer.js";
export type {
  IssuerEndpoint,
  IssuerFailure,
  IssuerFailures,
  IssuerRequest,
} from "./issuer-failures.js";
export type { IssuerClient, IssuerUser, TokenLives } from "./parties.js";
export type { Claims, ReadJwt, SigningKeys } from "./signing-keys.js";
