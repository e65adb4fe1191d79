import type { LiteralMap } from "../../../../../gen/flyteidl/core/literals_pb.js";
import type { FlyteState } from "../../../store/index.js";
import { type ExecutionKey, offloadLiterals } from "../rows/index.js";

/** Where the inputs of an execution are stored. */
export interface OffloadedInputs {
  /** Inputs with defaults and fixed ones. */
  readonly inputsUri: string;
  /** Inputs as they were given. */
  readonly userInputsUri: string;
}

/**
 * Stores the inputs of an execution that is about to be made. The server does so as soon as they
 * are checked: a launch that fails later, because its name is taken or its cluster cannot be found,
 * replaces the inputs of an older execution of that name.
 */
export function offloadInputs(
  state: FlyteState,
  { project, domain, name }: ExecutionKey,
  inputs: LiteralMap,
  userInputs: LiteralMap | undefined,
): OffloadedInputs {
  const path = [project, domain, name];
  return {
    inputsUri: offloadLiterals(state, inputs, [...path, "inputs"]),
    userInputsUri: offloadLiterals(state, userInputs, [...path, "user_inputs"]),
  };
}
