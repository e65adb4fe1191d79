export {
  getOAuth2Metadata,
  getPublicClientConfig,
  getServerVersion,
  getUserInfo,
} from "./identity.js";
