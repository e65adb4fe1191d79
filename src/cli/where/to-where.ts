import { InvalidFilterError } from "../../errors/index.js";
import { suggestionOf } from "../../internal/validation/index.js";
import {
  type Column,
  type Condition,
  enumNames,
  fieldNamed,
  type FilterEntity,
  filterFieldNames,
  type FilterTable,
  type NamedField,
  type WhereInput,
} from "../../lists/filters/index.js";
import { durationForm, parseDurationMs } from "../duration.js";
import {
  type ParsedCondition,
  parseWhere,
  whereError,
  type WhereOperator,
  type WhereProblem,
} from "./parse-where.js";

/** The list that conditions are for. */
export interface WhereTarget<E extends FilterEntity> {
  readonly table: FilterTable<E>;
  /** The clock that times such as `-2h` are relative to. */
  readonly now: () => Date;
}

/** The condition of one value, and of several, by operator. */
const operators: Readonly<Record<WhereOperator, readonly [one: string, several?: string]>> = {
  "=": ["eq", "in"],
  "!=": ["ne", "notIn"],
  ">": ["gt"],
  ">=": ["gte"],
  "<": ["lt"],
  "<=": ["lte"],
  "~": ["contains"],
  "!~": ["notLike"],
};

/**
 * Parses the texts of `--where` into the conditions of a list; a row must meet all of them.
 *
 * @returns `undefined` without a text
 * @throws InvalidFilterError that points at the place, and names the fields, operators or values that are possible
 */
export function toWhere<E extends FilterEntity>(
  { table, now }: WhereTarget<E>,
  texts: readonly string[],
): WhereInput<E> | undefined {
  const conditions = texts.flatMap((text) =>
    parseWhere(text).map((parsed) => toCondition(table, text, parsed, now)),
  );
  return conditions.length === 0 ? undefined : () => conditions;
}

function toCondition<E extends FilterEntity>(
  table: FilterTable<E>,
  text: string,
  { field, operator, values }: ParsedCondition,
  now: () => Date,
): Condition<E> {
  const found = fieldNamed(table, field.text);
  if (found === undefined) throw whereError(text, field, unknownField(table, field.text));
  const read = values.map((part) => {
    const value = readWhereValue(found.column, part.text, now);
    if ("problem" in value) throw whereError(text, part, { ...value, field: field.text });
    return value.value;
  });
  const [one, several] = operators[operator.text];
  // The server's grammar has no empty value but within a list.
  const isList = read.length > 1 || (read[0] === "" && several !== undefined);
  const name = isList ? several : one;
  const make = name === undefined ? undefined : found.operators[name];
  if (make === undefined) {
    const problem = isList
      ? `${operator.text} takes one value. Several, with | between them, go with = and !=.`
      : `${field.text} does not take ${operator.text}. It takes ${operatorsOf(found)}.`;
    throw whereError(text, operator, { problem, field: field.text });
  }
  try {
    return make(isList ? read : read[0]);
  } catch (error) {
    const [first = field] = values;
    if (!(error instanceof InvalidFilterError)) throw error;
    throw whereError(text, first, {
      problem: error.message.replace(/\.?$/, "."),
      field: field.text,
    });
  }
}

function operatorsOf<E extends FilterEntity>({ operators: known }: NamedField<E>): string {
  return Object.entries(operators)
    .filter(([, [one]]) => known[one] !== undefined)
    .map(([operator]) => operator)
    .join(" ");
}

function unknownField<E extends FilterEntity>(table: FilterTable<E>, name: string): WhereProblem {
  const names = filterFieldNames(table);
  const suggestion = suggestionOf(name, names);
  const own = names.filter((known) => !known.includes("."));
  const related = Object.keys(table.related).map((owner) => `${owner}.…`);
  const hint = suggestion === undefined ? "" : ` ${suggestion}`;
  return {
    problem: `there is no field ${JSON.stringify(name)}.${hint}`,
    remedy: `The fields are ${[...own, ...related].join(", ")}.`,
    field: name,
  };
}

/** A value as the filter builder takes it, or what is wrong with the text. */
export type WhereValue = { readonly value: unknown } | { readonly problem: string };

/**
 * Reads the value of a condition by the kind of its column. A time may be a length of time before now, such as `-2h`;
 * a name of an enum may be in lower case. What else is wrong with a value, the filter builder finds.
 */
function readWhereValue(column: Column, text: string, now: () => Date): WhereValue {
  switch (column.kind) {
    case "text":
      return { value: text };
    case "int":
      return /^-?\d+$/.test(text)
        ? { value: BigInt(text) }
        : { problem: "the value must be an integer." };
    case "time": {
      if (!text.startsWith("-")) return { value: text };
      const agoMs = parseDurationMs(text.slice(1));
      return agoMs === undefined
        ? { problem: "a time before now is written with its unit, such as -90m, -2h or -7d." }
        : { value: new Date(now().getTime() - agoMs) };
    }
    case "duration": {
      const ms = parseDurationMs(text);
      return ms === undefined
        ? { problem: `the value must be ${durationForm}.` }
        : { value: { ms } };
    }
    case "enum": {
      const names = enumNames(column.values);
      const isExact = names.includes(text);
      const folded = names.filter((name) => name.toLowerCase() === text.toLowerCase());
      return { value: isExact || folded.length !== 1 ? text : folded[0] };
    }
  }
}
