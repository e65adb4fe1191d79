/** The input of the server's process. */
export interface ServerInput {
  /** The file of the writes that were carried out. */
  readonly journal: string;
  /** The names of running executions for bulk verbs. */
  readonly bulk: readonly string[];
  /** How many executions there are to list. */
  readonly rows: number;
}

/** A command to the server's process, one JSON object a line. */
export type ServerCommand =
  | { readonly kind: "listen"; readonly grpcPort: number; readonly httpPort: number }
  | { readonly kind: "kill" };

/** The line that the server's process prints when it listens. */
export interface ServerUrls {
  readonly grpc: string;
  readonly rest: string;
}
