import type { Load } from "./cost.js";

/** The rows that the server process is to hold. */
export interface ServerPlan {
  /** Attempts of one node. */
  readonly attempts: number;
  /** Attempts of another node, for short lists. */
  readonly shortAttempts: number;
  /** Nodes of a tree; none when 0. */
  readonly treeNodes: number;
  /** The nodes of a smaller tree, for the serial walk. */
  readonly smallTreeNodes: number;
  /** The round trips to add, in milliseconds. */
  readonly delaysMs: readonly number[];
  /** Whether answers cost time. */
  readonly costs: boolean;
}

/** Where the ports of a server are, with a round trip added. */
export interface Ports {
  readonly delayMs: number;
  readonly grpcUrl: string;
  readonly restUrl: string;
}

/** A message of the server process. */
export type ServerMessage =
  | { readonly kind: "ready"; readonly ports: readonly Ports[] }
  | { readonly kind: "load"; readonly load: Load }
  | { readonly kind: "memory"; readonly rssBytes: number };

/** A question to the server process. */
export type ServerQuestion = { readonly kind: "load" } | { readonly kind: "memory" };
