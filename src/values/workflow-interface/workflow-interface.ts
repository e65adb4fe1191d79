import type { LiteralTypeInput } from "../literal-types/index.js";

/**
 * The inputs of a workflow, described in TypeScript: `{ inputs: { epochs: bigint; rate?: number } }`.
 * An optional member is an input that the launch plan has a default for.
 */
export interface WorkflowInterface {
  /** The inputs by name. */
  readonly inputs: object;
}

/** The interface of any workflow: the compiler accepts every name and every value. */
export interface AnyInterface extends WorkflowInterface {
  /** The inputs by name. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The inputs and outputs of a launch plan, as `generateTypes` of `/node` writes them. */
export interface LaunchPlanInterface extends WorkflowInterface {
  /** The outputs by name. */
  readonly outputs: object;
}

/**
 * A launch plan with its TypeScript interface, as `generateTypes` of `/node` writes it. A launch takes it as
 * `launchPlan` and checks the inputs; `literalsToOutputs` reads the outputs with it.
 *
 * It has no project and no domain, so that one file serves all domains: they are those of the client's `defaults`,
 * or `{ ...plan, project, domain }`.
 */
export interface TypedLaunchPlan<Interface extends LaunchPlanInterface> {
  /** The name of the launch plan. */
  readonly name: string;
  /** The version that the types were made for; left out where launches are to take the active one. */
  readonly version?: string | undefined;
  /** The type of each output, as `typedInterface` takes it. */
  readonly outputs: Readonly<Record<string, LiteralTypeInput>>;
  /** Never set: carries the interface to the compiler. */
  readonly types?: Interface | undefined;
}
