import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

import type { Column } from "../../../src/lists/filters/column.js";
import type { FilterEntity } from "../../../src/lists/filters/entities.js";
import { executionTagColumns } from "../../../src/lists/filters/execution-columns.js";
import { filterTables } from "./filter-tables.js";

/** The methods that list each kind of row, in the order of the page. */
const methods: Readonly<Record<FilterEntity, string>> = {
  execution: "`executions.list`",
  nodeExecution: "`nodeExecutions.list`, `nodeExecutions.listForTask`",
  taskExecution: "`taskExecutions.list`, `taskExecutions.listForExecution`",
  launchPlan: "`launchPlans.list`, `launchPlans.listActive`",
  workflow: "`workflows.list`",
  task: "`tasks.list`",
  project: "`projects.list`",
  signal: "`signals.list`",
  namedEntity: "`namedEntities.list`",
  namedEntityIdentifier: "`tasks.listNames`, `workflows.listNames`, `launchPlans.listNames`",
  descriptionEntity: "`descriptionEntities.list`",
};

/** The methods of each kind of column in a `where` condition. */
const operators: Readonly<Record<Column["kind"], string>> = {
  text: "`eq` `ne` `gt` `gte` `lt` `lte` `in` `notIn` `contains` `notLike`",
  int: "`eq` `ne` `gt` `gte` `lt` `lte` `in` `notIn`",
  time: "`eq` `ne` `gt` `gte` `lt` `lte`",
  duration: "`eq` `ne` `gt` `gte` `lt` `lte`",
  enum: "`eq` `ne` `in` `notIn`",
};

const values: Readonly<Record<Exclude<Column["kind"], "enum">, string>> = {
  text: "string",
  int: "number or bigint",
  time: "`Date`, `Timestamp` or ISO 8601 string with a zone",
  duration: "`{ ms: 1500 }`, `{ seconds: 90 }` or `Duration`",
};

/** Returns docs/filter-fields.md, made from the tables that the filters themselves use. */
export function filterFieldsPage(): string {
  const notes = notesInTables();
  return [
    "# Filter fields and sort keys",
    "",
    "`npm run update` writes this page from the tables in `src/lists/filters/*-columns.ts`. A field is used as",
    '`where: (f) => f.phase.eq("FAILED")` and as `orderBy: { field: "createdAt" }`. Fields of a related row are one level',
    'deeper: `f.workflow.name.eq("train")`.',
    "",
    "| kind     | value | operators |",
    "| -------- | ----- | --------- |",
    ...Object.entries(operators).map(([kind, names]) =>
      row([
        kind,
        kind === "enum" ? "one of the names listed" : values[kind as keyof typeof values],
        names,
      ]),
    ),
    ...keysOf(methods).flatMap((entity) => section(entity, notes)),
    "",
    "## Tags of executions",
    "",
    "`executions.list` filters by tags as `f.executionTag`. All conditions on it must hold for one tag.",
    "",
    ...fieldTable(Object.entries<Column>(executionTagColumns), "executionTagColumns", notes),
    "",
  ].join("\n");
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(record) as K[];
}

function section(entity: FilterEntity, notes: ReadonlyMap<string, string>): readonly string[] {
  const { columns, related } = filterTables[entity];
  const others = Object.keys(related).map((name) => `\`f.${name}\``);
  return [
    "",
    `## ${headings[entity]}`,
    "",
    `Of ${methods[entity]}.${others.length > 0 ? ` Related rows: ${others.join(", ")}.` : ""}`,
    "",
    ...fieldTable(Object.entries(columns), `${entity}Columns`, notes),
  ];
}

const headings: Readonly<Record<FilterEntity, string>> = {
  execution: "Executions",
  nodeExecution: "Node executions",
  taskExecution: "Task executions",
  launchPlan: "Launch plans",
  workflow: "Workflows",
  task: "Tasks",
  project: "Projects",
  signal: "Signals",
  namedEntity: "Named entities",
  namedEntityIdentifier: "Names",
  descriptionEntity: "Description entities",
};

function fieldTable(
  columns: readonly (readonly [string, Column])[],
  table: string,
  notes: ReadonlyMap<string, string>,
): readonly string[] {
  return [
    "| field | kind | filter | sort | note |",
    "| ----- | ---- | ------ | ---- | ---- |",
    ...columns.map(([name, column]) =>
      row([
        `\`${name}\``,
        column.kind,
        column.filter === false ? "no" : "yes",
        column.sort === false ? "no" : "yes",
        [column.kind === "enum" ? namesOf(column) : "", notes.get(`${table}.${name}`) ?? ""]
          .filter((note) => note !== "")
          .join(". "),
      ]),
    ),
  ];
}

function namesOf({ values: { names } }: Extract<Column, { kind: "enum" }>): string {
  return Object.keys(names)
    .filter((name) => !/^\d+$/.test(name))
    .map((name) => `\`${name}\``)
    .join(" ");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** The comments of the columns, by table and field. */
function notesInTables(): ReadonlyMap<string, string> {
  const folder = fileURLToPath(new URL("../../../src/lists/filters/", import.meta.url));
  const notes = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith("-columns.ts"))) {
    const text = readFileSync(`${folder}${file}`, "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node, table: string): void => {
      if (ts.isVariableDeclaration(node)) {
        ts.forEachChild(node, (child) => {
          visit(child, node.name.getText());
        });
        return;
      }
      if (ts.isPropertyAssignment(node) && table !== "" && isColumn(node)) {
        const comment = ts.getLeadingCommentRanges(text, node.pos)?.at(-1);
        if (comment !== undefined)
          notes.set(
            `${table}.${node.name.getText()}`,
            plainText(text.slice(comment.pos, comment.end)),
          );
      }
      ts.forEachChild(node, (child) => {
        visit(child, table);
      });
    };
    visit(source, "");
  }
  return notes;
}

function isColumn({ initializer }: ts.PropertyAssignment): boolean {
  return ts.isObjectLiteralExpression(initializer);
}

function plainText(comment: string): string {
  return comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .replace(/^\s*\* ?/gm, " ")
    .replace(/\s+/g, " ")
    .trim();
}
