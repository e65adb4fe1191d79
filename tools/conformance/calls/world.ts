import { create } from "@bufbuild/protobuf";
import { type Timestamp, timestampFromMs } from "@bufbuild/protobuf/wkt";

import {
  type Identifier,
  IdentifierSchema,
  type NodeExecutionIdentifier,
  NodeExecutionIdentifierSchema,
  ResourceType,
  type TaskExecutionIdentifier,
  TaskExecutionIdentifierSchema,
  type WorkflowExecutionIdentifier,
  WorkflowExecutionIdentifierSchema,
} from "flyte-admin-client/gen/flyteidl/core/identifier_pb";
import {
  type Literal,
  type LiteralMap,
  LiteralMapSchema,
  LiteralSchema,
} from "flyte-admin-client/gen/flyteidl/core/literals_pb";
import { SimpleType } from "flyte-admin-client/gen/flyteidl/core/types_pb";

/** Where a run writes: a project of its own and one of the server's domains. */
export interface Scope {
  readonly project: string;
  readonly domain: string;
  /** Where the server under test keeps its objects, such as `s3://my-s3-bucket`. */
  readonly storage: string;
}

/**
 * The tag of executions. FlyteAdmin joins tags by the name of their execution alone, so that those
 * of another project, as of an earlier run, would answer to a filter by a tag that both have.
 */
export function tagOf({ project }: Scope): string {
  return `tag-${project}`;
}

/** The first time of an event, long before any server's clock. */
const firstEventMs = Date.UTC(2024, 0, 15, 9);

/** A time of an event, some seconds after the first. */
export function eventTime(seconds: number): Timestamp {
  return timestampFromMs(firstEventMs + seconds * 1000);
}

/** The identifier of a version. */
export function versionId(
  resourceType: ResourceType,
  scope: Scope,
  name: string,
  version = "v1",
): Identifier {
  return create(IdentifierSchema, { resourceType, ...scope, name, version });
}

/** The identifier of an execution. */
export function executionId(scope: Scope, name: string): WorkflowExecutionIdentifier {
  return create(WorkflowExecutionIdentifierSchema, { ...scope, name });
}

/** The identifier of a node of an execution. */
export function nodeId(scope: Scope, execution: string, node: string): NodeExecutionIdentifier {
  return create(NodeExecutionIdentifierSchema, {
    nodeId: node,
    executionId: executionId(scope, execution),
  });
}

/** The identifier of an attempt of the task `add`. */
export function attemptId(
  scope: Scope,
  execution: string,
  node: string,
  retryAttempt = 0,
): TaskExecutionIdentifier {
  return create(TaskExecutionIdentifierSchema, {
    taskId: versionId(ResourceType.TASK, scope, "add"),
    nodeExecutionId: nodeId(scope, execution, node),
    retryAttempt,
  });
}

/** An integer as a literal. */
export function integer(value: number): Literal {
  return primitive({ case: "integer", value: BigInt(value) });
}

/** A text as a literal. */
export function text(value: string): Literal {
  return primitive({ case: "stringValue", value });
}

/** Literals by name. */
export function literals(map: Record<string, Literal>): LiteralMap {
  return create(LiteralMapSchema, { literals: map });
}

/** The interface of every task and workflow of a run: an integer and a text in, an integer out. */
export const typedInterface = {
  inputs: { variables: { x: variable(SimpleType.INTEGER), s: variable(SimpleType.STRING) } },
  outputs: { variables: { o0: variable(SimpleType.INTEGER) } },
};

/** A variable of a simple type. */
export function variable(simple: SimpleType) {
  return { type: { type: { case: "simple" as const, value: simple } }, description: "" };
}

function primitive(
  value:
    | { readonly case: "integer"; readonly value: bigint }
    | { readonly case: "stringValue"; readonly value: string },
): Literal {
  return create(LiteralSchema, {
    value: { case: "scalar", value: { value: { case: "primitive", value: { value } } } },
  });
}
