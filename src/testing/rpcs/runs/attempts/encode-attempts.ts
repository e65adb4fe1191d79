import {
  TaskExecutionListSchema,
  TaskExecutionSchema,
} from "../../../../../gen/flyteidl/admin/task_execution_pb.js";
import { TaskExecutionIdentifierSchema } from "../../../../../gen/flyteidl/core/identifier_pb.js";
import type { ListPage } from "../../../lists/index.js";
import type { TaskExecutionRow } from "../../../store/index.js";
import { ByteWriter } from "../../wire/byte-writer.js";
import { type EncodedList, encodeList } from "../../wire/encoded-list.js";
import { writeSharedAttemptId } from "../rows/write-ids.js";

/** About what an attempt has besides its closure, in bytes. */
const bytesBesides = 320;
/** About what the identifier of an attempt has, in bytes. */
const idBytes = 200;

/** A page of attempts, with their closures as they are stored. */
export function encodeAttempts(page: ListPage<TaskExecutionRow>): EncodedList {
  const { taskExecutions, token } = TaskExecutionListSchema.field;
  const { id, inputUri, closure, isParent } = TaskExecutionSchema.field;
  const { retryAttempt } = TaskExecutionIdentifierSchema.field;
  const sharedId = sharedIds();
  const expectedBytes = page.rows.reduce((sum, row) => sum + row.closure.length + bytesBesides, 0);
  return encodeList({ rows: taskExecutions, token }, page, expectedBytes, (out, row) => {
    out
      .message(id.number, () => {
        out.raw(sharedId(row)).number(retryAttempt.number, row.retryAttempt);
      })
      .text(inputUri.number, row.inputUri)
      .encoded(closure.number, row.closure)
      .number(isParent.number, (row.children?.length ?? 0) > 0 ? 1 : 0);
  });
}

/** The part of an identifier that all attempts of a task in a node share, encoded once for those in a row. */
function sharedIds(): (row: TaskExecutionRow) => Uint8Array {
  let last: TaskExecutionRow | undefined;
  let bytes: Uint8Array = new Uint8Array();
  return (row) => {
    if (row.task !== last?.task || row.node !== last.node) {
      const out = new ByteWriter(idBytes);
      writeSharedAttemptId(out, row);
      bytes = out.finish();
      last = row;
    }
    return bytes;
  };
}
