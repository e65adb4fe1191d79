import type { CreateUploadLocationRequest } from "../../../../../gen/flyteidl/service/dataproxy_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { randomText } from "../rows/random-text.js";

/** Where an upload goes. */
export interface UploadPlace {
  /** The object that the URL is signed for. */
  readonly uri: string;
  /** The address that the server answers with; it may say more than the object's. */
  readonly nativeUrl: string;
}

/**
 * The place of an upload: under the upload bucket, the organization, project and
 * domain. The server reads the file's name as a relative URL, so that dots climb,
 * spaces are encoded, and what follows `?` or `#` stands in the address but not
 * in the object's key. Nothing when its percent signs do not make a URL.
 */
export function uploadPlace(
  state: FlyteState,
  { org, project, domain, filename }: CreateUploadLocationRequest,
  root: string,
): UploadPlace | undefined {
  const name = filename === "" ? randomText(20) : filename;
  const path = [org, project, domain, root, name]
    .map((part) => part.replace(/^\/+|\/+$/g, ""))
    .filter((part) => part !== "")
    .join("/");
  const [, key = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(path) ?? [];
  const decoded = decode(key);
  if (decoded === undefined) return undefined;
  const base = state.config.uploadPrefix;
  const resolved = resolveDots(decoded);
  return {
    uri: `${base}/${resolved}`,
    nativeUrl: `${base}/${resolved.split("/").map(encodeSegment).join("/")}${rest}`,
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function resolveDots(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
  }
  return kept.join("/");
}

/** Percent-encodes what Go does in a path. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/%(24|26|2B|3A|3D|40|2C|3B)/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}
