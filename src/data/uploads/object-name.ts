import { InvalidOptionError } from "../../errors/index.js";

/**
 * Checks a `filename` or `filenameRoot` of CreateUploadLocation. The server
 * reads it as a relative URL and checks nothing: it cuts at `?` and `#`,
 * decodes `%`, resolves `..` out of the folder and trims slashes, so that the
 * object would be elsewhere than the URI that it returns.
 *
 * @throws InvalidOptionError where the object would get another name.
 */
export function checkObjectName(name: string, option: "filename" | "filenameRoot"): void {
  const problem = problemOf(name);
  if (problem === undefined) return;
  const shown = JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
  throw new InvalidOptionError(`${option} is ${shown}: ${problem}`, { option });
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
