import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "@jest/globals";

import { SortSchema } from "../../../gen/flyteidl/admin/common_pb.js";
import type { Condition, FilterEntity } from "../../../src/lists/filters/index.js";
import { conditionsToFilter, toSort } from "../../../src/lists/filters/index.js";
import type { RelatedTable } from "../../../src/lists/filters/entities.js";
import { enumNames } from "../../../src/lists/filters/enums.js";
import { createFields } from "../../../src/lists/filters/fields.js";
import type { Column, ColumnTable } from "../../../src/lists/filters/column.js";
import {
  bindConditions,
  descriptionEntity,
  executionEntity,
  launchPlanEntity,
  namedEntityEntity,
  nodeExecutionEntity,
  parseListRequest,
  projectEntity,
  signalEntity,
  taskEntity,
  taskExecutionEntity,
  workflowEntity,
  type Entity,
} from "../../../src/testing/lists/index.js";
import { filterTables } from "./filter-tables.js";

type ServerEntity = Entity<never>;

/** Each list of the server, and the entity whose columns its filters are checked against. */
const servers: Readonly<
  Record<
    Exclude<FilterEntity, "namedEntityIdentifier">,
    readonly { readonly entity: ServerEntity; readonly filterBy?: ServerEntity }[]
  >
> = {
  execution: [{ entity: executionEntity }],
  nodeExecution: [{ entity: nodeExecutionEntity }],
  taskExecution: [{ entity: taskExecutionEntity }],
  task: [{ entity: taskEntity }],
  workflow: [{ entity: workflowEntity }],
  launchPlan: [{ entity: launchPlanEntity }],
  namedEntity: [{ entity: namedEntityEntity }],
  project: [{ entity: projectEntity }],
  signal: [{ entity: signalEntity }],
  descriptionEntity: [
    { entity: descriptionEntity, filterBy: taskEntity },
    { entity: descriptionEntity, filterBy: workflowEntity },
    { entity: descriptionEntity, filterBy: launchPlanEntity },
  ],
};

const now = new Date("2026-01-15T00:00:00Z");
const unobserved = { onCondition: () => undefined, onRead: () => undefined };

type Operators = Readonly<Record<string, (value: unknown) => Condition>>;

function operatorsOf(fields: object, name: string): Operators {
  const operators: unknown = Reflect.get(fields, name);
  if (typeof operators !== "object" || operators === null) throw new Error(`no field ${name}`);
  return Object.fromEntries(
    Object.entries(operators).filter(
      (entry): entry is [string, (value: unknown) => Condition] => typeof entry[1] === "function",
    ),
  );
}

function valuesFor(column: Column): readonly unknown[] {
  switch (column.kind) {
    case "text":
      return ["x", "100%", "back\\slash", " spaced", "\\xZZ", "Ünï(cö)de"];
    case "int":
      return [0, -1, Number.MAX_SAFE_INTEGER, 2n ** 63n - 1n, -(2n ** 63n)];
    case "time":
      return [
        new Date(-1),
        new Date(0),
        "0001-01-01",
        "9999-12-31T23:59:59.999999999Z",
        { seconds: 1n, nanos: 999_999_999 },
      ];
    case "duration":
      return [
        { ms: 0.5 },
        { seconds: 90 },
        { seconds: 1n, nanos: 1 },
        { seconds: 9e9 },
        { ms: -1 },
      ];
    case "enum":
      return enumNames(column.values);
  }
}

/** Everything that a field can be asked, with every kind of value. */
function conditionsOn(fields: object, name: string, column: Column): readonly Condition[] {
  return Object.entries(operatorsOf(fields, name)).flatMap(([operator, make]) => {
    if (operator === "in" || operator === "notIn") {
      const empty = column.kind === "text" ? [make([""]), make(["", "x"])] : [];
      return [make(valuesFor(column)), ...empty];
    }
    return valuesFor(column).map(make);
  });
}

function filterable(table: ColumnTable): readonly [string, Column][] {
  return Object.entries(table).filter(([, { filter }]) => filter !== false);
}

function accepts(entity: keyof typeof servers, condition: Condition): void {
  for (const { entity: server, filterBy } of servers[entity]) {
    const request = { limit: 1, token: "", filters: conditionsToFilter([condition]) };
    const settings = filterBy === undefined ? { entity: server } : { entity: server, filterBy };
    expect(() => bindConditions(parseListRequest(request, settings), now)).not.toThrow();
  }
}

const entities = Object.keys(servers) as (keyof typeof servers)[];

describe("The server accepts", () => {
  it.each(entities)("every operator on every field of a list of %s rows", (entity) => {
    const columns = filterable(filterTables[entity].columns);
    expect(columns.length).toBeGreaterThan(4);
    for (const [name, column] of columns) {
      const made = conditionsOn(createFields(filterTables[entity], unobserved), name, column);
      expect(made.length).toBeGreaterThan(3);
      for (const condition of made) accepts(entity, condition);
    }
  });

  it.each(entities)("every operator on every related field of a list of %s rows", (entity) => {
    for (const [related, table] of Object.entries<RelatedTable>(filterTables[entity].related)) {
      const fields: unknown = Reflect.get(createFields(filterTables[entity], unobserved), related);
      if (typeof fields !== "object" || fields === null) throw new Error(`no ${related}`);
      for (const [name, column] of filterable(table.columns)) {
        for (const condition of conditionsOn(fields, name, column)) accepts(entity, condition);
      }
    }
  });

  it.each(entities)("every key to sort a list of %s rows by, as well as the default", (entity) => {
    const sortable = Object.entries<Column>(filterTables[entity].columns).filter(
      ([, { sort }]) => sort !== false,
    );
    for (const { entity: server } of servers[entity]) {
      for (const sortBy of [
        toSort(filterTables[entity], undefined),
        ...sortable.map(([, { column: key }]) => create(SortSchema, { key })),
      ]) {
        const query = parseListRequest({ limit: 1, token: "", sortBy }, { entity: server });
        expect(server.columns[sortBy.key]?.sortsAsConstant).not.toBe(true);
        expect(server.columns[sortBy.key]?.absentAs).toBeUndefined();
        expect(query.order?.key).toBe(sortBy.key);
      }
    }
  });
});

describe("The fields of a list", () => {
  // No row has a time of deletion; the others are compared with another column, or with none.
  const leftOut: Partial<Record<FilterEntity, readonly string[]>> = {
    taskExecution: ["project", "domain", "name"],
    namedEntity: ["resource_type"],
    descriptionEntity: ["resource_type"],
  };

  it.each(entities)("are all the columns of %s rows that hold more than bytes", (entity) => {
    for (const { entity: server } of servers[entity]) {
      const known = Object.entries(server.columns)
        .filter(([, { kind }]) => kind !== "bytes")
        .map(([name]) => name)
        .filter((name) => name !== "deleted_at" && leftOut[entity]?.includes(name) !== true);
      const offered = Object.values<Column>(filterTables[entity].columns).map(
        ({ column }) => column,
      );
      expect([...offered].sort()).toEqual(known.sort());
    }
  });
});
