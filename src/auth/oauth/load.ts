import type * as OAuth from "oauth4webapi";

/** The library of the OAuth protocol, loaded by whoever signs in and by no one else. */
export type OAuthLibrary = typeof OAuth;

/** Loads the library. */
export function loadOAuth(): Promise<OAuthLibrary> {
  return import("oauth4webapi");
}
