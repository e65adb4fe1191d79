/** What a `flyte://` URL points at. */
export type FlyteArtifact = "inputs" | "outputs" | "deck";

/**
 * A `flyte://v1/…` URL in parts, in the shapes of the identifiers: the inputs,
 * the outputs or the deck of a node, the inputs or outputs of one attempt of
 * its task, or one literal among them. FlyteAdmin gives such URLs with the data
 * of nodes and attempts, not with that of executions.
 */
export interface FlyteUrl {
  readonly nodeExecutionId: {
    readonly executionId: {
      readonly project: string;
      readonly domain: string;
      readonly name: string;
    };
    readonly nodeId: string;
  };
  /** The attempt of the node's task, from 0; left out for the node itself. */
  readonly retryAttempt?: number | undefined;
  readonly artifact: FlyteArtifact;
  /** The name of one input or output; left out for all of them. */
  readonly literalName?: string | undefined;
}
