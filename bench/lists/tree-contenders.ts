import { type Client, createClient, type Transport } from "@connectrpc/connect";

import { Sort_Direction } from "../../gen/flyteidl/admin/common_pb.js";
import type { NodeExecution } from "../../gen/flyteidl/admin/node_execution_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";
import { AdminClient } from "../../src/client/admin-client.js";
import type { Contender } from "../contender.js";

/** The name of an execution. */
export interface ExecutionName {
  readonly project: string;
  readonly domain: string;
  readonly name: string;
}

/** The walks over a tree of nodes and attempts. */
export function treeContenders(setting: {
  readonly tree: ExecutionName;
  /** The nodes that the serial walk reads; its rate does not depend on how far it goes. */
  readonly serialTreeNodes: number;
  readonly plainGrpc: Transport;
  readonly grpc: Transport;
  readonly rest: Transport;
}): readonly Contender[] {
  const { tree, serialTreeNodes, plainGrpc, grpc, rest } = setting;
  const group = "tree";
  const walk = (transport: Transport, options = {}) =>
    async function* () {
      for await (const entry of new AdminClient({ transport }).executions.tree(tree, options)) {
        if (entry.kind === "node") yield [entry.node];
      }
    };
  return [
    {
      group,
      name: "gRPC serial: one call after another",
      run: () =>
        firstNodes(serialWalk(createClient(AdminService, plainGrpc), tree), serialTreeNodes),
    },
    { group, name: "gRPC this client, 8 at once", run: walk(grpc, { concurrency: 8 }) },
    { group, name: "gRPC this client", run: walk(grpc) },
    { group, name: "REST this client", run: walk(rest) },
  ];
}

const byId = { key: "id", direction: Sort_Direction.ASCENDING };

async function* serialWalk(
  client: Client<typeof AdminService>,
  workflowExecutionId: ExecutionName,
  uniqueParentId = "",
): AsyncGenerator<readonly NodeExecution[]> {
  let token = "";
  do {
    const page = await client.listNodeExecutions({
      workflowExecutionId,
      uniqueParentId,
      limit: 100,
      token,
      sortBy: byId,
    });
    for (const node of page.nodeExecutions) {
      yield [node];
      const isParent = node.metadata?.isParentNode === true;
      if (!isParent || node.metadata?.isDynamic === true) {
        await client.listTaskExecutions({
          ...(node.id && { nodeExecutionId: node.id }),
          limit: 100,
          sortBy: byId,
        });
      }
      if (isParent) yield* serialWalk(client, workflowExecutionId, node.id?.nodeId);
    }
    token = page.token;
  } while (token !== "");
}

async function* firstNodes(
  nodes: AsyncIterable<readonly NodeExecution[]>,
  count: number,
): AsyncGenerator<readonly NodeExecution[]> {
  let left = count;
  for await (const chunk of nodes) {
    yield chunk;
    left -= chunk.length;
    if (left <= 0) return;
  }
}
