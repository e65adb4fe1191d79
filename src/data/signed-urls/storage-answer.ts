import { SignedUrlError, type SignedUrlReason } from "../../errors/index.js";
import { describeRequest, type StorageRequest } from "./request.js";

/** Waits for a part of the answer, with the limits of the transfer. */
export type Wait = <T>(work: () => Promise<T>) => Promise<T>;

const maxErrorBodyBytes = 16 * 1024;

/**
 * Reads what a storage says about a request that it refused. S3, GCS and Azure
 * all answer XML with a `<Code>`; its other parts may echo the signature, so
 * none of them goes into the error, nor does a code that is part of the query.
 */
export async function storageFailure(
  response: Response,
  request: Pick<StorageRequest, "method" | "url">,
  wait: Wait,
): Promise<SignedUrlError> {
  const body = await readStart(response, wait);
  const code = /<Code>([A-Za-z0-9.]{1,64})<\/Code>/.exec(body)?.[1];
  const reason = reasonFor(response.status, code, body);
  const isOurs = code === undefined || request.url.search.includes(code);
  const shown = isOurs ? "" : ` (${code})`;
  return new SignedUrlError(
    `${describeRequest(request)}: the storage answered ${response.status}${shown}. ${remedies[reason] ?? ""}`.trimEnd(),
    { reason, status: response.status },
  );
}

const remedies: Partial<Record<SignedUrlReason, string>> = {
  expired: "The signed URL has expired: ask for a new one by the call that gave it.",
  denied: "The signature does not allow this: the server's storage credentials lack the right.",
  missing: "The object does not exist.",
  missingBucket: "The bucket does not exist.",
  changed: "The object was replaced while it was being read: read it again from its start.",
};

function reasonFor(status: number, code: string | undefined, body: string): SignedUrlReason {
  if (code === "ExpiredToken" || code === "TokenRefreshRequired" || saysExpired(code, body)) {
    return "expired";
  }
  if (code === "NoSuchBucket" || code === "ContainerNotFound") return "missingBucket";
  if (code === "NoSuchKey" || code === "BlobNotFound") return "missing";
  if (status === 401 || status === 403) return "denied";
  if (status === 404 || status === 410) return "missing";
  if (status === 412) return "changed";
  if (status === 408 || status === 429 || status >= 500) return "unavailable";
  return "rejected";
}

function saysExpired(code: string | undefined, body: string): boolean {
  if (code === "AccessDenied")
    return /<Message>[^<]*expired/i.test(body) || body.includes("<Expires>");
  if (code === "AuthenticationFailed") return /not valid in the specified time frame/i.test(body);
  return false;
}

async function readStart(response: Response, wait: Wait): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (text.length < maxErrorBodyBytes) {
      const { done, value } = await wait(() => reader.read());
      if (done) break;
      text += decoder.decode(value.subarray(0, maxErrorBodyBytes), { stream: true });
    }
  } catch {
    return text;
  } finally {
    reader.cancel().catch(() => undefined);
  }
  return text;
}
