export { askIssuer, type IssuerContext } from "./ask-issuer.js";
export { OAuthRequests } from "./oauth-requests.js";
