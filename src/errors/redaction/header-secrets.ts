import { namesCredential } from "./redact-text.js";
import type { Secret } from "./secret-mask.js";

/** Headers of HTTP, gRPC, Connect and tracing, which are no secrets. */
const standard =
  /^(?:accept(?:-.*)?|access-control-.*|baggage|cache-control|connect-.*|connection|content-.*|date|expect|forwarded|grpc-(?!metadata-).*|host|if-.*|keep-alive|origin|pragma|range|referer|sec-.*|te|traceparent|tracestate|transfer-encoding|upgrade(?:-.*)?|user-agent|vary|via|x-forwarded-.*|(?:grpc-metadata-)?x-request-id|x-grpc-web|x-user-agent)$/i;

/** An everyday word, such as a domain's name, would be removed from every text. */
const word = /^[a-z]{1,16}$/;

/**
 * The secrets among a request's headers: the values of credentials, with their parts, and whatever the caller
 * sends beside the standard headers, since nobody but the caller knows what it is.
 */
export function secretsOfHeaders(headers: Headers): readonly Secret[] {
  const secrets: Secret[] = [];
  headers.forEach((value, name) => {
    if (namesCredential(name)) secrets.push(...credentialsIn(value));
    else if (!standard.test(name) && !word.test(value)) secrets.push({ value, inParts: false });
  });
  return secrets;
}

function credentialsIn(header: string): readonly Secret[] {
  return header.split(/;\s*/).flatMap((part) => {
    // After a scheme such as Bearer, and after a cookie's name.
    const [, bare = part] = /^(?:[\w-]+\s+|[^=\s]+=)(.+)$/.exec(part) ?? [];
    const values = /^basic\s/i.test(part) ? [bare, ...pairOf(bare)] : [bare];
    return values.map((value) => ({ value, inParts: true }));
  });
}

/** User and password together, and the password alone. */
function pairOf(encoded: string): readonly string[] {
  try {
    const pair = atob(encoded);
    return [pair, pair.slice(pair.indexOf(":") + 1)];
  } catch {
    return [];
  }
}
