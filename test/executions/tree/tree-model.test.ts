import { createRouterTransport, type Transport } from "@connectrpc/connect";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import {
  NodeExecution_Phase,
  TaskExecution_Phase,
} from "../../../gen/flyteidl/core/execution_pb.js";
import { AdminService } from "../../../gen/flyteidl/service/admin_pb.js";
import { AdminClient } from "../../../src/client/admin-client.js";

/** A node of a made-up tree. */
interface Shape {
  readonly attempts: number;
  readonly isOpen: boolean;
  readonly children: readonly Shape[];
}

const executionId = { project: "p", domain: "d", name: "e" };

const { tree: anyShape } = fc.letrec<{ tree: Shape }>((tie) => ({
  tree: fc.record({
    attempts: fc.nat({ max: 3 }),
    isOpen: fc.boolean(),
    children: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constant([]),
      fc.array(tie("tree"), { maxLength: 4 }),
    ),
  }),
}));

const anyTree = fc.array(anyShape, { maxLength: 6 });

/** Returns the nodes of a walk over the tree, in order. Nodes are named by the way to them. */
function expected(shapes: readonly Shape[], path = "n"): string[] {
  return shapes.flatMap((shape, index) => {
    const name = `${path}${index}`;
    const attempts = shape.children.length > 0 ? 0 : shape.attempts;
    return [
      name,
      ...[...Array(attempts).keys()].map((attempt) => `${name}/${attempt}`),
      ...expected(shape.children, `${name}-`),
    ];
  });
}

/** A server with the tree, whose answers take so many turns each, and which counts its calls. */
function serverOf(shapes: readonly Shape[], turns: readonly number[], calls: string[]): Transport {
  const answer = async <T>(call: string, made: T): Promise<T> => {
    const count = turns[calls.push(call) % turns.length] ?? 0;
    for (let turn = 0; turn < count; turn++) await Promise.resolve();
    return made;
  };
  const find = (name: string): readonly Shape[] =>
    name === ""
      ? shapes
      : (name
          .slice(1)
          .split("-")
          .reduce<Shape | undefined>(
            (node, index) => (node?.children ?? shapes)[Number(index)],
            undefined,
          )?.children ?? []);
  return createRouterTransport(({ service }) => {
    service(AdminService, {
      getExecution: () => answer("execution", { id: executionId, closure: { phase: 2 } }),
      listNodeExecutions: ({ uniqueParentId, limit, token }) => {
        const from = Number(token);
        const rows = find(uniqueParentId).slice(from, from + limit);
        const nodeExecutions = rows.map(({ children, isOpen }, index) => ({
          id: {
            executionId,
            nodeId: `${uniqueParentId === "" ? "n" : `${uniqueParentId}-`}${from + index}`,
          },
          metadata: { isParentNode: children.length > 0 },
          closure: {
            phase: isOpen ? NodeExecution_Phase.RUNNING : NodeExecution_Phase.SUCCEEDED,
          },
        }));
        return answer(`nodes ${uniqueParentId}`, { nodeExecutions, token: "" });
      },
      listTaskExecutions: ({ nodeExecutionId, token }) => {
        const name = nodeExecutionId?.nodeId ?? "";
        const at = name.lastIndexOf("-");
        const siblings = find(at === -1 ? "" : name.slice(0, at));
        const shape = siblings[Number(name.slice(at === -1 ? 1 : at + 1))];
        const from = Number(token);
        const count = (shape?.attempts ?? 0) - from;
        const taskExecutions = [...Array(count).keys()].map((index) => ({
          id: { taskId: { name: "t" }, retryAttempt: from + index },
          closure: { phase: TaskExecution_Phase.SUCCEEDED },
        }));
        return answer(`attempts ${name}`, { taskExecutions, token: "" });
      },
    });
  });
}

const anyTurns = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 8 });
const anyConcurrency = fc.oneof(fc.constant("auto" as const), fc.integer({ min: 1, max: 5 }));

describe("A walk over any tree, with answers in any order", () => {
  it("comes to everything once, depth first, with one call for each parent and each leaf", async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, anyTurns, anyConcurrency, async (shapes, turns, concurrency) => {
        const calls: string[] = [];
        const admin = new AdminClient({ transport: serverOf(shapes, turns, calls) });
        const names: string[] = [];
        for await (const entry of admin.executions.tree(executionId, { concurrency })) {
          if (entry.kind === "node") names.push(entry.node.id?.nodeId ?? "");
          if (entry.kind === "attempt") {
            names.push(`${entry.parent.id?.nodeId ?? ""}/${entry.attempt.id?.retryAttempt ?? -1}`);
          }
        }
        expect(names).toEqual(expected(shapes));
        const nodes = names.filter((name) => !name.includes("/")).length;
        // The execution, its top, and each node once: as a parent or as a leaf.
        expect(calls).toHaveLength(2 + nodes);
        expect(new Set(calls).size).toBe(calls.length);
      }),
      { numRuns: 150 },
    );
  });

  it("finds the same again when only what can have changed is asked for", async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, anyTurns, async (shapes, turns) => {
        const calls: string[] = [];
        const admin = new AdminClient({ transport: serverOf(shapes, turns, calls) });
        const previous = await admin.executions.tree(executionId).build();
        const first = calls.splice(0).length;
        expect(await admin.executions.tree(executionId, { previous }).build()).toEqual(previous);
        expect(calls.length).toBeLessThanOrEqual(first);
        const settled = (list: readonly Shape[]): boolean =>
          list.every(({ isOpen, children }) => !isOpen && settled(children));
        if (settled(shapes)) expect(calls).toEqual(["execution", "nodes "]);
      }),
      { numRuns: 150 },
    );
  });
});
