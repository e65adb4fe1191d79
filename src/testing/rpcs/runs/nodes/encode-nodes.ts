import { toBinary } from "@bufbuild/protobuf";

import {
  NodeExecutionListSchema,
  NodeExecutionSchema,
} from "../../../../../gen/flyteidl/admin/node_execution_pb.js";
import type { ListPage } from "../../../lists/index.js";
import type { ExecutionRow, NodeExecutionRow } from "../../../store/index.js";
import { ByteWriter } from "../../wire/byte-writer.js";
import { type EncodedList, encodeList } from "../../wire/encoded-list.js";
import { writeExecutionId, writeNodeId } from "../rows/write-ids.js";
import { isListedAsStored, listedNodeMessage } from "./node-message.js";

/** About what a node has besides its closure and its metadata, in bytes. */
const bytesBesides = 256;
/** About what the identifier of an execution has, in bytes. */
const idBytes = 100;

/** A page of nodes, with what their rows store where a list shows just that. */
export function encodeNodes(page: ListPage<NodeExecutionRow>): EncodedList {
  const { nodeExecutions, token } = NodeExecutionListSchema.field;
  const { id, inputUri, closure, metadata } = NodeExecutionSchema.field;
  const executionIds = encodedExecutionIds();
  const expectedBytes = page.rows.reduce(
    (sum, row) => sum + row.closure.length + row.metadata.length + bytesBesides,
    0,
  );
  return encodeList({ rows: nodeExecutions, token }, page, expectedBytes, (out, row) => {
    if (!isListedAsStored(row)) {
      out.raw(toBinary(NodeExecutionSchema, listedNodeMessage(row)));
      return;
    }
    out
      .message(id.number, () => {
        writeNodeId(out, row, executionIds(row));
      })
      .text(inputUri.number, row.inputUri)
      .encoded(closure.number, row.closure)
      .encoded(metadata.number, row.metadata);
  });
}

/** The identifier of a node's execution, encoded once for nodes of one execution in a row. */
function encodedExecutionIds(): (row: NodeExecutionRow) => Uint8Array {
  let last: ExecutionRow | undefined;
  let bytes: Uint8Array = new Uint8Array();
  return ({ execution }) => {
    if (execution !== last) {
      const out = new ByteWriter(idBytes);
      writeExecutionId(out, execution);
      bytes = out.finish();
      last = execution;
    }
    return bytes;
  };
}
