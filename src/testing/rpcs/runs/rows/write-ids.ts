import {
  IdentifierSchema,
  NodeExecutionIdentifierSchema,
  ResourceType,
  TaskExecutionIdentifierSchema,
  WorkflowExecutionIdentifierSchema,
} from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { ExecutionRow, NodeExecutionRow, TaskExecutionRow } from "../../../store/index.js";
import type { ByteWriter } from "../../wire/byte-writer.js";

/** Writes the fields of an attempt's identifier, but for its number. */
export function writeSharedAttemptId(out: ByteWriter, { task, node }: TaskExecutionRow): void {
  const { taskId, nodeExecutionId } = TaskExecutionIdentifierSchema.field;
  const { resourceType, project, domain, name, version } = IdentifierSchema.field;
  out
    .message(taskId.number, () => {
      out
        .number(resourceType.number, ResourceType.TASK)
        .text(project.number, task.project)
        .text(domain.number, task.domain)
        .text(name.number, task.name)
        .text(version.number, task.version);
    })
    .message(nodeExecutionId.number, () => {
      const { executionId, nodeId } = NodeExecutionIdentifierSchema.field;
      out.text(nodeId.number, node.nodeId).message(executionId.number, () => {
        writeExecutionId(out, node.execution);
      });
    });
}

/** Writes the fields of a node's identifier, with that of its execution encoded already. */
export function writeNodeId(
  out: ByteWriter,
  { nodeId }: NodeExecutionRow,
  encodedExecutionId: Uint8Array,
): void {
  const { field } = NodeExecutionIdentifierSchema;
  out.text(field.nodeId.number, nodeId).encoded(field.executionId.number, encodedExecutionId);
}

/** Writes the fields of an execution's identifier. */
export function writeExecutionId(out: ByteWriter, { project, domain, name }: ExecutionRow): void {
  const { field } = WorkflowExecutionIdentifierSchema;
  out
    .text(field.project.number, project)
    .text(field.domain.number, domain)
    .text(field.name.number, name);
}
