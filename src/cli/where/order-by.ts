import { InvalidOptionError } from "../../errors/index.js";
import { suggestionOf } from "../../internal/validation/index.js";
import type { FilterEntity, FilterTable, OrderBy, SortKey } from "../../lists/filters/index.js";

const directions = {
  asc: "ascending",
  ascending: "ascending",
  desc: "descending",
  descending: "descending",
} as const;

/**
 * Reads an order such as `createdAt` or `createdAt:desc`.
 *
 * @throws InvalidOptionError that names the fields that a list sorts by
 */
export function parseOrderBy<E extends FilterEntity>(
  table: FilterTable<E>,
  text: string | undefined,
): OrderBy<E> | undefined {
  if (text === undefined) return undefined;
  const [field = "", direction = "ascending", ...rest] = text.split(":");
  if (!isSortKey(table, field)) {
    const names = sortKeys(table);
    const suggestion = suggestionOf(field, names);
    const hint = suggestion === undefined ? "" : ` ${suggestion}`;
    throw new InvalidOptionError(
      `--order-by has no field ${JSON.stringify(field)}.${hint} The fields are ${names.join(", ")}.`,
      { option: "orderBy" },
    );
  }
  if (rest.length > 0 || !isDirection(direction)) {
    throw new InvalidOptionError(
      `--order-by must be ${field}:asc or ${field}:desc, got ${JSON.stringify(text)}.`,
      { option: "orderBy" },
    );
  }
  return { field, direction: directions[direction] };
}

/** Returns the names of the fields that a list sorts by. */
export function sortKeys<E extends FilterEntity>({ columns }: FilterTable<E>): readonly string[] {
  return Object.keys(columns).filter((name) => columns[name]?.sort !== false);
}

/** The type of the keys is derived from the same table. */
function isSortKey<E extends FilterEntity>(
  table: FilterTable<E>,
  name: string,
): name is SortKey<E> & string {
  return sortKeys(table).includes(name);
}

function isDirection(text: string): text is keyof typeof directions {
  return Object.hasOwn(directions, text);
}
