export { oauth2Metadata, publicClientConfig, userInfo } from "./identity.js";
export { userOf } from "./user.js";
export { getVersion } from "./version.js";
