import { InvalidIdentifierError } from "../../errors/index.js";

/**
 * Joins the parts of an identifier by `/`.
 *
 * A `/` inside a part is written `%2F` and a `%` is written `%25`; all else stands for itself.
 */
export function joinParts(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll("%", "%25").replaceAll("/", "%2F")).join("/");
}

/** Whether the client's defaults name a project and a domain; `"impossible"` where there is no client. */
export type DefaultScope = "known" | "unset" | "impossible";

/**
 * Splits what {@link joinParts} joined.
 *
 * @param form - The names of the parts joined by `/`, as in `project/domain/name`.
 * @param scope - The client's defaults, with which project and domain may be left out.
 * @returns a value for each name of the form, `undefined` for one that is left out
 * @throws InvalidIdentifierError when the text has more or fewer parts, an empty one, or a `%` that
 * begins neither `%2F` nor `%25`.
 */
export function splitParts(
  text: string,
  form: string,
  path: string,
  scope: DefaultScope,
): readonly (string | undefined)[] {
  const names = form.split("/");
  const parts = text.split("/");
  const isShort = parts.length === names.length - 2;
  if (parts.length !== names.length && !(isShort && scope === "known")) {
    const given = `${path} is ${JSON.stringify(text)}, which has ${parts.length} part${parts.length === 1 ? "" : "s"}`;
    const hint =
      isShort && scope === "unset"
        ? `. Write "${form}", or set defaults.project and defaults.domain of the client.`
        : scope === "known"
          ? `. Write "${names.slice(2).join("/")}", or all ${names.length} of "${form}".`
          : `. Write the ${names.length} of "${form}".`;
    throw new InvalidIdentifierError(given + hint, { path });
  }
  const skipped = names.length - parts.length;
  let start = 0;
  const decoded = parts.map((part, index) => {
    const at = { text, start, path: `${path}.${names[index + skipped] ?? ""}` };
    start += part.length + 1;
    return decodePart(part, at);
  });
  return skipped === 0 ? decoded : [undefined, undefined, ...decoded];
}

interface PartPlace {
  readonly text: string;
  /** The index in the string at which the part begins. */
  readonly start: number;
  readonly path: string;
}

function decodePart(part: string, { text, start, path }: PartPlace): string {
  if (part === "") {
    throw new InvalidIdentifierError(
      `${path} is empty at position ${start} of ${JSON.stringify(text)}; FlyteAdmin would match an empty part with any row`,
      { path },
    );
  }
  const fault = part.search(/%(?!2F|25)/);
  if (fault !== -1) {
    throw new InvalidIdentifierError(
      `${path} has a lone % at position ${start + fault} of ${JSON.stringify(text)}; write %25 for a percent sign and %2F for a slash`,
      { path },
    );
  }
  return part.replaceAll("%2F", "/").replaceAll("%25", "%");
}
