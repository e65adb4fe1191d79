import type { Load } from "./cost.js";

/** The rows that the in-memory server is to hold. */
export interface ServerPlan {
  /** Attempts of one node. */
  readonly attempts: number;
  /** Attempts of another node, for short lists. */
  readonly shortAttempts: number;
  /** Nodes of a tree; none when 0. */
  readonly treeNodes: number;
  /** Nodes of the execution that the attempts belong to. */
  readonly nodes: number;
  /** Executions of the project and domain, beside those that the others belong to. */
  readonly executions: number;
  /** Executions that run, named `running0`, `running1` and so on. */
  readonly runningExecutions: number;
  /** Names of tasks. */
  readonly taskNames: number;
  /** The round trips to add, in milliseconds. */
  readonly delaysMs: readonly number[];
  /** Whether answers cost time. */
  readonly costs: boolean;
}

/** A server that runs already, to be asked behind delays. */
export interface ProxyPlan {
  readonly grpcUrl: string;
  readonly restUrl: string;
  readonly delaysMs: readonly number[];
}

/** A plan that holds nothing and adds no round trip, to be completed. */
export const emptyPlan: ServerPlan = {
  attempts: 0,
  shortAttempts: 0,
  treeNodes: 0,
  nodes: 0,
  executions: 0,
  runningExecutions: 0,
  taskNames: 0,
  delaysMs: [0],
  costs: false,
};

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
