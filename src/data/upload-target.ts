import type { MessageInitShape } from "@bufbuild/protobuf";

import type { CreateUploadLocationRequestSchema } from "../../gen/flyteidl/service/dataproxy_pb.js";
import { InvalidOptionError, quote } from "../errors/index.js";
import { type OptionNames, requireKnownOptions } from "../internal/validation/index.js";
import {
  type IdDefaults,
  requireScope,
  type ScopeInput,
  scopeNames,
} from "../values/identifiers/index.js";
import { expiresIn, type Expiry } from "./signed-urls/index.js";

/** The target of an upload: a place below its project and domain. */
export interface UploadPathInput extends ScopeInput, Expiry {
  /**
   * The last part of the path. Spaces and letters beyond ASCII come back percent-encoded in the URI.
   * @defaultValue 20 random characters
   */
  readonly filename?: string | undefined;
  /**
   * The part of the path before the file name.
   * @defaultValue the MD5 in base32
   */
  readonly filenameRoot?: string | undefined;
  /**
   * Whether the storage is to keep the MD5 with the object, so that a later upload of the same
   * content to the same name is allowed.
   * @defaultValue `false`
   */
  readonly addContentMd5Metadata?: boolean | undefined;
}

/** The input of CreateUploadLocation. It needs `contentMd5`, `filenameRoot` or both. */
export interface UploadLocationInput extends UploadPathInput {
  /** The MD5 of the content, 16 bytes. The storage checks the upload against it. */
  readonly contentMd5?: Uint8Array | undefined;
}

/** The names of an {@link UploadLocationInput}. */
export const uploadTargetNames: OptionNames<UploadLocationInput> = {
  ...scopeNames,
  expiresInSeconds: true,
  filename: true,
  filenameRoot: true,
  addContentMd5Metadata: true,
  contentMd5: true,
};

/**
 * The request for a place to upload to.
 *
 * @throws InvalidIdentifierError or InvalidOptionError where the server would refuse it, or put
 *   the object elsewhere than it says.
 */
export function uploadLocationRequest(
  target: UploadLocationInput,
  defaults: IdDefaults,
): MessageInitShape<typeof CreateUploadLocationRequestSchema> {
  const { filename, filenameRoot, contentMd5, addContentMd5Metadata } = requireKnownOptions(
    target,
    uploadTargetNames,
    "target",
    "an object with filenameRoot, contentMd5 or both",
  );
  if (filename !== undefined) checkObjectName(filename, "filename");
  if (filenameRoot !== undefined) checkObjectName(filenameRoot, "filenameRoot");
  if (contentMd5 !== undefined) checkMd5(contentMd5);
  if (contentMd5 === undefined && filenameRoot === undefined) {
    throw new InvalidOptionError(
      "neither contentMd5 nor filenameRoot is given: the server needs one of them to name the object",
      { option: "contentMd5" },
    );
  }
  return {
    ...requireScope(target, defaults),
    ...(filename !== undefined && { filename }),
    ...(filenameRoot !== undefined && { filenameRoot }),
    ...(contentMd5 !== undefined && { contentMd5: new Uint8Array(contentMd5) }),
    ...(addContentMd5Metadata !== undefined && { addContentMd5Metadata }),
    ...expiresIn(target),
  };
}

/** The server does not look at the length, and the storage refuses the upload later. */
function checkMd5(md5: Uint8Array): void {
  if (md5.length === 16) return;
  throw new InvalidOptionError(`contentMd5 must be an MD5 of 16 bytes, got ${md5.length} bytes.`, {
    option: "contentMd5",
  });
}

/**
 * Checks a `filename` or `filenameRoot` of CreateUploadLocation. The server
 * reads it as a relative URL and checks nothing: it cuts at `?` and `#`,
 * decodes `%`, resolves `..` out of the folder and trims slashes, so that the
 * object would be elsewhere than the URI that it returns.
 *
 * @throws InvalidOptionError where the object would get another name.
 */
function checkObjectName(name: string, option: "filename" | "filenameRoot"): void {
  const problem = problemOf(name);
  if (problem === undefined) return;
  throw new InvalidOptionError(`${option} is ${quote(name)}: ${problem}`, { option });
}

function problemOf(name: string): string | undefined {
  if (name === "") return "leave it out, or give it at least one character";
  if (/[?#]/.test(name)) {
    return "the server would cut it at ? or #; write %3F or %23 to have them in the name";
  }
  const decoded = decode(name);
  if (decoded === undefined) {
    return "a % must be followed by the two hexadecimal digits of a UTF-8 byte; write %25 for the sign itself";
  }
  if (hasControl(decoded)) return "it must hold no control characters";
  const parts = decoded.split("/");
  if (parts.includes(""))
    return "it must neither begin nor end with a slash, nor hold two in a row";
  if (parts.includes("..") || parts.includes(".")) {
    return "the parts . and .. would lead to another folder";
  }
  return undefined;
}

function decode(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
