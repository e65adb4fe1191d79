import { create } from "@bufbuild/protobuf";

import {
  type ConnectionSet,
  ConnectionSetSchema,
} from "../../../../../gen/flyteidl/core/compiler_pb.js";
import { startNodeId } from "./node-ids.js";

/**
 * The edges of a workflow. The two directions are kept apart, since
 * nodes inside branches and failure nodes know what they wait for, while what
 * they wait for does not lead to them.
 */
export class Edges {
  readonly #downstream = new Map<string, Set<string>>();
  readonly #upstream = new Map<string, Set<string>>();

  add(from: string, to: string): void {
    addTo(this.#downstream, from || startNodeId, to);
    this.addUpstream(from, to);
  }

  /** Adds what a node waits for, in this direction only. */
  addUpstream(from: string, to: string): void {
    addTo(this.#upstream, to, from || startNodeId);
  }

  hasUpstream(id: string): boolean {
    return this.#upstream.has(id);
  }

  hasDownstream(id: string): boolean {
    return this.#downstream.has(id);
  }

  /** The nodes right after a node, by ID. */
  after(id: string): readonly string[] {
    return [...(this.#downstream.get(id) ?? [])].sort();
  }

  toConnections(): ConnectionSet {
    return create(ConnectionSetSchema, {
      downstream: idLists(this.#downstream),
      upstream: idLists(this.#upstream),
    });
  }
}

function addTo(lists: Map<string, Set<string>>, key: string, id: string): void {
  const ids = lists.get(key) ?? new Set();
  lists.set(key, ids.add(id));
}

function idLists(
  lists: ReadonlyMap<string, ReadonlySet<string>>,
): Record<string, { ids: string[] }> {
  return Object.fromEntries([...lists].map(([key, ids]) => [key, { ids: [...ids].sort() }]));
}
