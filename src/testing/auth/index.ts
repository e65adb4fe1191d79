export { ServerAuth } from "./server-auth.js";
export type { PublicClient, SignInOptions } from "./sign-in-options.js";
