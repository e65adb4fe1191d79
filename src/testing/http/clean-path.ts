import type { HttpResponse } from "../http-messages.js";
import { emptyResponse, textResponse } from "../http-messages.js";

/**
 * A path without empty and dot segments, as Go's router wants it. It looks at
 * the path as sent, so that `%2F` and `%2E` stay what they are.
 */
export function cleanPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") kept.pop();
    else kept.push(segment);
  }
  const clean = `/${kept.join("/")}`;
  return path.endsWith("/") && clean !== "/" ? `${clean}/` : clean;
}

/** The redirect to a clean path: 307 for every method, a page only for GET. */
export function redirectTo(path: string, query: string, method: string): HttpResponse {
  const target = encodePath(path) + (query === "" ? "" : `?${query}`);
  if (method !== "GET" && method !== "HEAD") return emptyResponse(307, { location: target });
  const page =
    method === "GET" ? `<a href="${escapeHtml(target)}">Temporary Redirect</a>.\n\n` : "";
  const response = textResponse(307, "text/html; charset=utf-8", page);
  response.headers.set("location", target);
  return response;
}

/**
 * The server takes the encoded path for a plain one and encodes it once more,
 * so a `%` in it becomes `%25`.
 */
function encodePath(path: string): string {
  return path.replace(/[^A-Za-z0-9\-_.~$&+,/:;=@]/gu, (character) =>
    [...new TextEncoder().encode(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&#34;")
    .replaceAll("'", "&#39;");
}
