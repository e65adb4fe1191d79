export { OAuthRequests } from "./oauth-requests.js";
