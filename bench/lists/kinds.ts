import { create, type DescMessage, type Message } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";

import type { NodeExecutionIdentifier } from "../../gen/flyteidl/core/identifier_pb.js";
import type { AdminClient } from "../../src/client/admin-client.js";
import { type FilterEntity, toSort } from "../../src/lists/filters/index.js";
import type { ListRpc, RowsPage } from "../../src/lists/list-rpc.js";
import {
  listExecutionsRpc,
  listNodeExecutionsRpc,
  listTaskExecutionsRpc,
  listTaskIdsRpc,
} from "../../src/lists/list-rpcs.js";
import type { ListOptions, PagedList } from "../../src/lists/paging/index.js";

/** The names of the lists that can be measured; each has rows of another size. */
export const listKinds = ["attempts", "executions", "nodes", "names"] as const;

/** One of {@link listKinds}. */
export type ListKind = (typeof listKinds)[number];

/** A page as a loop by hand asks for it. */
export interface PageToAsk {
  readonly limit: number;
  readonly token: string;
}

/** A list that is measured: as a loop by hand reads it, and as this client does. */
export interface MeasuredList {
  readonly kind: ListKind;
  /** Asks for one page, with no more than Connect and the generated messages. */
  page(transport: Transport, page: PageToAsk): Promise<RowsPage<Message>>;
  list(admin: AdminClient, options: ListOptions): PagedList<Message>;
}

/** Where the rows of the lists are. */
export interface Places {
  /** The node whose attempts are listed; nodes are those of its execution, the others of its project and domain. */
  readonly node: NodeExecutionIdentifier;
}

/** Chooses a list by the name of its rows. */
export function measuredList(kind: ListKind, { node }: Places): MeasuredList {
  const { project = "", domain = "", org = "" } = node.executionId ?? {};
  const scope = { project, domain, org };
  switch (kind) {
    case "attempts": {
      const page = pagesOf(listTaskExecutionsRpc, { nodeExecutionId: node });
      const list: MeasuredList["list"] = ({ taskExecutions }, options) =>
        taskExecutions.list({ nodeExecutionId: node }, options);
      return { kind, page, list };
    }
    case "executions": {
      const page = pagesOf(listExecutionsRpc, { id: scope });
      const list: MeasuredList["list"] = ({ executions }, options) =>
        executions.list({ project, domain }, options);
      return { kind, page, list };
    }
    case "nodes": {
      const { executionId } = node;
      if (executionId === undefined) throw new Error("a list of nodes needs an execution");
      const page = pagesOf(listNodeExecutionsRpc, { workflowExecutionId: executionId });
      const list: MeasuredList["list"] = ({ nodeExecutions }, options) =>
        nodeExecutions.list({ executionId }, options);
      return { kind, page, list };
    }
    case "names": {
      const page = pagesOf(listTaskIdsRpc, scope);
      const list: MeasuredList["list"] = ({ tasks }, options) =>
        tasks.listNames({ project, domain }, options);
      return { kind, page, list };
    }
  }
}

function pagesOf<
  Scope,
  Request extends DescMessage,
  Reply extends DescMessage,
  E extends FilterEntity,
  Row extends Message,
>(rpc: ListRpc<Scope, Request, Reply, E, Row>, scope: Scope): MeasuredList["page"] {
  const { method } = rpc;
  const sortBy = toSort(rpc.filters, undefined);
  return async (transport, { limit, token }) => {
    const request = create(
      method.input,
      rpc.toRequest(scope, { limit, token, filters: "", sortBy }),
    );
    const none = undefined;
    const { message } = await transport.unary(method, none, none, none, request, none);
    return rpc.toPage(message);
  };
}
