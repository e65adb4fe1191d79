import { InvalidIdentifierError } from "../../errors/index.js";

/**
 * Joins the parts of an identifier by `/`.
 *
 * A `/` inside a part is written `%2F` and a `%` is written `%25`; all else stands for itself.
 */
export function joinParts(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll("%", "%25").replaceAll("/", "%2F")).join("/");
}

/**
 * Takes apart what {@link joinParts} put together.
 *
 * @param form - The names of the parts joined by `/`, as in `project/domain/name`.
 * @throws InvalidIdentifierError when the text has more or fewer parts, an empty one, or a `%` that
 * begins neither `%2F` nor `%25`.
 */
export function splitParts<const Form extends string>(
  text: string,
  form: Form,
): PartsOf<Form, string> {
  const names = form.split("/");
  if (typeof text !== "string") {
    throw new InvalidIdentifierError(`the id is of type ${typeof text}; it must be "${form}"`, {
      path: "id",
    });
  }
  const parts = text.split("/");
  if (parts.length !== names.length) {
    throw new InvalidIdentifierError(
      `${JSON.stringify(text)} has ${parts.length} part${parts.length === 1 ? "" : "s"}; it must have the ${names.length} of "${form}"`,
      { path: "id" },
    );
  }
  let start = 0;
  const decoded = parts.map((part, index) => {
    const value = decodePart(text, part, start, names[index] ?? "");
    start += part.length + 1;
    return value;
  });
  // The lengths were compared above.
  return decoded as PartsOf<Form, string>;
}

/** A tuple with one T for each part of a form. */
type PartsOf<Form extends string, T> = Form extends `${string}/${infer Rest}`
  ? [T, ...PartsOf<Rest, T>]
  : [T];

function decodePart(text: string, part: string, start: number, name: string): string {
  if (part === "") {
    throw new InvalidIdentifierError(
      `${name} is empty at position ${start} of ${JSON.stringify(text)}; an empty part would match any row of the server`,
      { path: `id.${name}` },
    );
  }
  const fault = part.search(/%(?!2F|25)/);
  if (fault !== -1) {
    throw new InvalidIdentifierError(
      `${name} holds a lone % at position ${start + fault} of ${JSON.stringify(text)}; write %25 for a percent sign and %2F for a slash`,
      { path: `id.${name}` },
    );
  }
  return part.replaceAll("%2F", "/").replaceAll("%25", "%");
}
