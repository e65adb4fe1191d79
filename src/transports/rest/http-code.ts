import type { StatusCode } from "../../errors/index.js";

/**
 * The code for an HTTP status whose body holds no status of gRPC's, as a proxy
 * sends it: gRPC's own table, so that every wire gives the same code.
 */
export function codeOfHttpStatus(status: number): StatusCode {
  switch (status) {
    case 400:
      return "INTERNAL";
    case 401:
      return "UNAUTHENTICATED";
    case 403:
      return "PERMISSION_DENIED";
    case 404:
      return "UNIMPLEMENTED";
    case 429:
    case 502:
    case 503:
    case 504:
      return "UNAVAILABLE";
    default:
      return "UNKNOWN";
  }
}
