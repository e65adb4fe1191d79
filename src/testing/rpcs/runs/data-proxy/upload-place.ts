import type { CreateUploadLocationRequest } from "../../../../../gen/flyteidl/service/dataproxy_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { parseUrl, referenceProblem } from "../../../go-format/index.js";
import { randomText } from "../rows/index.js";

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
 * spaces are encoded, and what follows `?` or `#` is in the address but not
 * in the object's key.
 * @returns the problem when the name makes no URL
 */
export function uploadPlace(
  state: FlyteState,
  { org, project, domain, filename }: CreateUploadLocationRequest,
  root: string,
): UploadPlace | { readonly problem: string } {
  const name = filename === "" ? randomText(20) : filename;
  const base = state.config.uploadPrefix;
  const parts = [org, project, domain, root, name].filter((part) => part !== "");
  const problem = referenceProblem(base, parts);
  if (problem !== undefined) return { problem };
  const path = parts
    .map((part) => part.replace(/^\/+|\/+$/g, ""))
    .filter((part) => part !== "")
    .join("/");
  const [, key = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(path) ?? [];
  const decoded = decode(key);
  const resolved = resolveDots(decoded);
  return {
    uri: `${base}/${resolved}`,
    nativeUrl: `${base}/${resolved.split("/").map(encodeSegment).join("/")}${rest}`,
  };
}

/** Decodes the percent-encoding of a text, which has been found valid. */
function decode(text: string): string {
  const parsed = parseUrl(`/${text}`);
  return "fault" in parsed ? text : parsed.path.slice(1);
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
