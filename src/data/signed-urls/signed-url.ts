import { SignedUrlError } from "../../errors/index.js";
import {
  invalidOption,
  type OptionNames,
  requireKnownOptions,
} from "../../internal/validation/index.js";
import { durationOf, type SecondsAndNanos } from "../../values/index.js";

/**
 * Parses a signed URL, or says why it is none. The text of a URL never goes
 * into an error: its query is the permission to read the object.
 *
 * @throws SignedUrlError with reason `unsigned` where the text is empty, is a
 * storage URI, or is not an http or https URL.
 */
export function parseSignedUrl(text: string): URL {
  if (text === "") {
    throw unsigned(
      "The server returned no signed URL: it signs only with remoteData.signedUrls.enabled: true. " +
        "Read the full_inputs or full_outputs of the data call, or sign the storage URI with CreateDownloadLocation.",
    );
  }
  const url = tryParse(text);
  if (url === undefined) throw unsigned("This is not a URL, so nothing can be fetched from it.");
  if (url.protocol === "flyte:") {
    throw unsigned("A flyte:// URL is not a signed URL: resolve it with GetData.");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw unsigned(
      `A ${url.protocol}// URI is not a signed URL: the server signs where remoteData.scheme is aws, gcs or local, ` +
        "and returns the bare URI otherwise. Sign the URI with CreateDownloadLocation.",
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw unsigned(
      "A signed URL carries no user name and no password: its query is the permission.",
    );
  }
  return url;
}

/** Returns a URL as errors may show it: without its query and fragment. */
export function withoutQuery(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function tryParse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function unsigned(message: string): Error {
  return new SignedUrlError(message, { reason: "unsigned" });
}

/** The lifetime of a signed URL. */
export interface Expiry {
  /**
   * At least 1, and at most what the server allows, which is an hour by default.
   * @defaultValue what the server allows
   */
  readonly expiresInSeconds?: number | undefined;
}

const expiryNames: OptionNames<Expiry> = { expiresInSeconds: true };

/**
 * Checks an argument that is an expiry alone.
 *
 * @throws InvalidOptionError
 */
export function requireExpiry(expiry: Expiry): Expiry {
  return requireKnownOptions(expiry, expiryNames, "expiry", "an object with expiresInSeconds");
}

/**
 * The field of the requests that sign.
 *
 * @throws InvalidOptionError below a second: the storage would sign a URL that has expired already.
 */
export function expiresIn(expiry: Expiry): { expiresIn?: SecondsAndNanos } {
  const { expiresInSeconds } = expiry;
  if (expiresInSeconds === undefined) return {};
  if (Number.isFinite(expiresInSeconds) && expiresInSeconds >= 1) {
    return { expiresIn: durationOf(Math.round(expiresInSeconds * 1000)) };
  }
  const expected = "a number of at least 1 (leave it out for the longest that the server allows)";
  throw invalidOption("expiresInSeconds", expected, expiresInSeconds);
}
