import { InvalidIdentifierError } from "../../errors/index.js";
import { describeValue, findUnknownName, isObject } from "../../internal/validation/index.js";
import type { IdDefaults, RowWithId } from "./inputs.js";
import { type DefaultScope, splitParts } from "./slash-form.js";

/** The forms of one kind of identifier. */
export interface IdForm<Fields> {
  /** The words that follow "must be", such as "an object with project, domain and name". */
  readonly expected: string;
  /** The names of the parts in the slash form. */
  readonly slashForm: string;
  /** The protobuf names of the rows that have such an id. */
  readonly rows: readonly string[];
  /** The names of an object. */
  readonly names: Readonly<Record<string, true>>;
  /** Makes the fields of the parts of the slash form, in its order. */
  fieldsOf(parts: readonly (string | undefined)[], path: string): Fields;
}

/**
 * Returns the fields of an identifier, whichever way it is given: as an object, as a message, in
 * slash form, or as the row that has it.
 *
 * @param path - How the caller knows the input; errors name their part under it.
 * @throws InvalidIdentifierError when it is none of these, or has a name that is not of its kind.
 */
export function readIdFields<Fields extends object>(
  input: unknown,
  form: IdForm<Fields>,
  defaults: IdDefaults | undefined,
  path: string,
): Partial<Fields> {
  if (typeof input === "string") {
    return form.fieldsOf(splitParts(input, form.slashForm, path, scopeOf(defaults)), path);
  }
  if (!isObject(input)) throw wrongId(describeValue(input), form, path);
  if (isRow(input)) {
    const name = input.$typeName.slice(input.$typeName.lastIndexOf(".") + 1);
    if (!form.rows.includes(input.$typeName)) throw wrongId(`a message ${name}`, form, path);
    if (input.id !== undefined) return readIdFields(input.id, form, defaults, path);
    throw new InvalidIdentifierError(`${path} is a message ${name} without an id.`, { path });
  }
  const unknown = findUnknownName(input, form.names, path, undefined, form.expected);
  if (unknown === undefined) return input;
  throw new InvalidIdentifierError(unknown.text, { path: `${path}.${unknown.name}` });
}

function scopeOf(defaults: IdDefaults | undefined): DefaultScope {
  if (defaults === undefined) return "impossible";
  return defaults.project !== undefined && defaults.domain !== undefined ? "known" : "unset";
}

/** Whether a value is the row that an identifier is of, and not an identifier. */
export function isRow(value: object): value is RowWithId {
  // Identifiers are messages too. A row whose id is unset has no property for it.
  const type: unknown = Reflect.get(value, "$typeName");
  return typeof type === "string" && !type.endsWith("Identifier");
}

function wrongId(
  given: string,
  { expected, slashForm }: IdForm<object>,
  path: string,
): InvalidIdentifierError {
  return new InvalidIdentifierError(
    `${path} must be ${expected}, or "${slashForm}", got ${given}.`,
    {
      path,
    },
  );
}
