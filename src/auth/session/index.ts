export { CookieSession, type CookieSessionOptions } from "./cookie-session.js";
