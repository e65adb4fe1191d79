import { type FetchSignedUrlOptions, requireFetchOptions } from "./options.js";
import { SignedUrlDownload } from "./signed-url-download.js";

/**
 * Reads the object behind a signed URL: whole with `.bytes()`, part by part
 * with `for await`, or as a web stream with `.toReadableStream()`.
 *
 * No credentials and no referrer are sent, since the URL is the permission,
 * and its query never appears in errors. A transfer that breaks resumes where
 * it ended; one whose URL has expired resumes after `resign`. Length, and MD5
 * where it is known, are checked. Errors are those of `SignedUrlError`, whose
 * `reason` says what happened, `CanceledError` and `DeadlineExceededError`;
 * they come when the object is read.
 */
export function fetchSignedUrl(
  url: string,
  options: FetchSignedUrlOptions = {},
): SignedUrlDownload {
  return new SignedUrlDownload(url, requireFetchOptions(options));
}
