import { type Client, createClient, type Transport } from "@connectrpc/connect";

import { Sort_Direction } from "../../gen/flyteidl/admin/common_pb.js";
import type { TaskExecution } from "../../gen/flyteidl/admin/task_execution_pb.js";
import type { NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import { AdminService } from "../../gen/flyteidl/service/admin_pb.js";

/** Which attempts are listed. */
export type NodeId = Pick<NodeExecutionIdentifier, "nodeId"> & {
  readonly executionId: {
    readonly project: string;
    readonly domain: string;
    readonly name: string;
  };
};

/** The loop that everyone writes: one page after another. */
export async function* plainLoop(
  client: Client<typeof AdminService>,
  nodeExecutionId: NodeId,
  pageSize: number,
): AsyncGenerator<readonly TaskExecution[]> {
  let token = "";
  do {
    const reply = await client.listTaskExecutions({
      nodeExecutionId,
      limit: pageSize,
      token,
      sortBy: { key: "id", direction: Sort_Direction.ASCENDING },
    });
    yield reply.taskExecutions;
    token = reply.token;
  } while (token !== "");
}

/** The same with pages asked for ahead, by someone who knows how many rows there are. */
export async function* loopAhead(
  client: Client<typeof AdminService>,
  nodeExecutionId: NodeId,
  pageSize: number,
  ahead: number,
  rows: number,
): AsyncGenerator<readonly TaskExecution[]> {
  const pages = Math.ceil(rows / pageSize);
  const fetch = async (page: number): Promise<readonly TaskExecution[]> => {
    const reply = await client.listTaskExecutions({
      nodeExecutionId,
      limit: pageSize,
      token: String(page * pageSize),
      sortBy: { key: "id", direction: Sort_Direction.ASCENDING },
    });
    return reply.taskExecutions;
  };
  const asked: Promise<readonly TaskExecution[]>[] = [];
  for (let page = 0; page < pages; page++) {
    while (asked.length < ahead && page + asked.length < pages) {
      asked.push(fetch(page + asked.length));
    }
    yield (await asked.shift()) ?? [];
  }
}

/** The plain Connect client over a transport. */
export function plainClient(transport: Transport): Client<typeof AdminService> {
  return createClient(AdminService, transport);
}
