import { InvalidFilterError } from "../../errors/index.js";
import { describeValue, suggestionOf } from "../../internal/validation/index.js";
import type { Column, ColumnTable } from "./column.js";
import {
  type Condition,
  type ConditionTarget,
  type FilterFunction,
  makeCondition,
} from "./filter-grammar.js";
import type { FilterEntity, FilterTable, RelatedTable } from "./entities.js";
import type { FieldsOf } from "./field-types.js";
import { checkLikePattern, encodeValue, escapeLike } from "./values.js";

/** Observes what a `where` does with its fields. */
export interface FieldObserver {
  /** Called with each condition that the fields make. */
  readonly onCondition: (condition: Condition) => void;
  /** Called when a field is read; what it returns takes the place of the field, unless it is undefined. */
  readonly onRead: (field: string, column: Column) => unknown;
}

/**
 * Creates the fields that a list filters by.
 *
 * @throws InvalidFilterError on reading an unknown field.
 */
export function createFields<E extends FilterEntity>(
  table: FilterTable<E>,
  observer: FieldObserver,
): FieldsOf<E> {
  const { entity } = table;
  const related: Readonly<Record<string, RelatedTable>> = table.related;
  const own = filterableColumns(table.columns);
  const names = [...Object.keys(own), ...Object.keys(related)];
  const fields = guarded(names, entity, (name) => {
    const column = own[name];
    if (column !== undefined) {
      return readField({ entity, field: name, column: column.column }, column, observer);
    }
    const other = related[name];
    return other && createRelatedFields(entity, name, other, observer);
  });
  // The proxy makes for each name what the type, derived from the same tables, says of it.
  return fields as FieldsOf<E>;
}

function createRelatedFields(
  entity: FilterEntity,
  related: string,
  table: RelatedTable,
  observer: FieldObserver,
): object {
  const columns = filterableColumns(table.columns);
  return guarded(Object.keys(columns), `${entity}.${related}`, (name) => {
    const column = columns[name];
    return (
      column &&
      readField(
        {
          entity,
          field: `${related}.${name}`,
          column: `${table.prefix}.${column.column}`,
        },
        column,
        observer,
      )
    );
  });
}

function filterableColumns(table: ColumnTable): ColumnTable {
  return Object.fromEntries(Object.entries(table).filter(([, { filter }]) => filter !== false));
}

/** Creates properties when they are read, and rejects unknown ones with the known names. */
function guarded(names: readonly string[], owner: string, make: (name: string) => unknown): object {
  const known = new Set(names);
  return new Proxy(Object.fromEntries(names.map((name) => [name, undefined])), {
    get(target, name) {
      if (typeof name === "string" && known.has(name)) return make(name);
      // Await, console.log and the like look for these on every object.
      if (typeof name === "symbol" || name === "then" || name === "toJSON" || name in target) {
        const inherited: unknown = Reflect.get(target, name);
        return inherited;
      }
      const remedy = suggestionOf(name, names) ?? `It has ${names.join(", ")}.`;
      throw new InvalidFilterError(
        `${owner} has no field ${describeValue(name)} to filter by. ${remedy}`,
        { field: name },
      );
    },
  });
}

type Make<E extends FilterEntity> = (value: unknown) => Condition<E>;

/** A field whose name came as text: its column, and what makes its conditions, by the names of {@link FieldsOf}. */
export interface NamedField<E extends FilterEntity> {
  readonly column: Column;
  readonly operators: Readonly<Record<string, Make<E>>>;
}

/** Returns the names of all fields that a list filters by, those of related entities as `task.name`. */
export function filterFieldNames<E extends FilterEntity>(table: FilterTable<E>): readonly string[] {
  const related: Readonly<Record<string, RelatedTable>> = table.related;
  return [
    ...Object.keys(filterableColumns(table.columns)),
    ...Object.entries(related).flatMap(([owner, { columns }]) =>
      Object.keys(filterableColumns(columns)).map((name) => `${owner}.${name}`),
    ),
  ];
}

/** Finds a field by its name, such as `phase` or `task.name`. */
export function fieldNamed<E extends FilterEntity>(
  table: FilterTable<E>,
  name: string,
): NamedField<E> | undefined {
  if (!filterFieldNames(table).includes(name)) return undefined;
  const related: Readonly<Record<string, RelatedTable>> = table.related;
  const [first = "", second] = name.split(".");
  const owner = second === undefined ? undefined : related[first];
  const column = owner === undefined ? table.columns[first] : owner.columns[second ?? ""];
  if (column === undefined) return undefined;
  const prefix = owner === undefined ? "" : `${owner.prefix}.`;
  const target = { entity: table.entity, field: name, column: `${prefix}${column.column}` };
  return { column, operators: createField(target, column, () => undefined) };
}

function readField<E extends FilterEntity>(
  target: ConditionTarget<E>,
  column: Column,
  { onCondition, onRead }: FieldObserver,
): unknown {
  const { field } = target;
  return (
    onRead(field, column) ?? {
      ...createField(target, column, onCondition),
      // `f.createdAt > date` and `f.phase == "FAILED"` come here, and `===` does not.
      [Symbol.toPrimitive]: () => {
        throw new InvalidFilterError(
          `${field} is a column, which JavaScript cannot compare or print: write ${exampleOperator(field, column)}`,
          { field },
        );
      },
    }
  );
}

/** A condition on a column, to show in an error. */
function exampleOperator(field: string, { kind }: Pick<Column, "kind">): string {
  return `f.${field}.${kind === "time" || kind === "duration" ? "gte" : "eq"}(…)`;
}

function createField<E extends FilterEntity>(
  target: ConditionTarget<E>,
  column: Column,
  onCondition: FieldObserver["onCondition"],
): Readonly<Record<string, Make<E>>> {
  const encode = (value: unknown): string => encodeValue(target.field, column, value);
  const make = (func: FilterFunction, values: readonly string[]): Condition<E> => {
    const condition = makeCondition(target, func, values);
    onCondition(condition);
    return condition;
  };
  const one =
    (func: FilterFunction, refine: (text: string) => string = (text) => text): Make<E> =>
    (value) =>
      make(func, [refine(encode(value))]);
  const many =
    (func: FilterFunction): Make<E> =>
    (values) =>
      make(func, requireList(target.field, values).map(encode));

  const equality = { eq: one("eq"), ne: one("ne") };
  const list = { in: many("value_in"), notIn: many("value_not_in") };
  const order = { gt: one("gt"), gte: one("gte"), lt: one("lt"), lte: one("lte") };
  const like = {
    contains: one("contains", escapeLike),
    notLike: one("not_like", (text) => checkLikePattern(target.field, text)),
  };
  switch (column.kind) {
    case "text":
      return { ...equality, ...order, ...list, ...like };
    case "int":
      return { ...equality, ...order, ...list };
    case "time":
    case "duration":
      return { ...equality, ...order };
    case "enum":
      return { ...equality, ...list };
  }
}

function requireList(field: string, values: unknown): readonly unknown[] {
  if (Array.isArray(values)) return values;
  throw new InvalidFilterError(
    `the list for ${field} is ${describeValue(values)}; it must be an array, as in ${field}.in([…])`,
    { field },
  );
}
