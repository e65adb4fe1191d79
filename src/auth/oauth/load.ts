import type * as Library from "./library.js";

/** The library of the OAuth protocol, loaded by whoever signs in and by no one else. */
export type OAuthLibrary = typeof Library;

/** Loads the library. */
export function loadOAuth(): Promise<OAuthLibrary> {
  return import("./library.js");
}
