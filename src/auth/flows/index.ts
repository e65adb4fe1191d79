export { authorizationCode, type Authorizer } from "./authorization-code.js";
export { clientCredentials, type ClientCredentialsOptions } from "./client-credentials.js";
export { type DeviceCode, deviceCode, type DeviceCodeOptions } from "./device-code.js";
export { staticToken, tokenFrom } from "./given-token.js";
