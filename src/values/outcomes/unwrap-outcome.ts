import type { ExecutionError } from "../../../gen/flyteidl/core/execution_pb.js";
import { FlyteError, InvalidOptionError } from "../../errors/index.js";
import { requireObject } from "../../internal/validation/index.js";
import type { Outcome, LiteralsOutcome, OutputUriOutcome } from "./outcome.js";

/**
 * There are no outputs, because what should have made them failed, was aborted, or has not ended.
 * Code `ABORTED` when it was aborted, else `FAILED_PRECONDITION`: no call has failed.
 */
export class ExecutionFailedError extends FlyteError {
  static override get errorName(): string {
    return "ExecutionFailedError";
  }

  /** The kind of the outcome: `error`, `aborted`, `notTerminal` or `none`. */
  readonly outcome: Exclude<Outcome, OutputUriOutcome | LiteralsOutcome>;

  constructor(outcome: ExecutionFailedError["outcome"]) {
    super(describe(outcome), {
      code: outcome.kind === "aborted" ? "ABORTED" : "FAILED_PRECONDITION",
    });
    this.outcome = outcome;
  }

  /** The error that Flyte reported, where it reported one. */
  get executionError(): ExecutionError | undefined {
    return this.outcome.kind === "error" ? this.outcome.error : undefined;
  }
}

/**
 * Gives the outputs, by URI or by value.
 *
 * @throws ExecutionFailedError for any other outcome; a message from a list of executions or nodes
 * is cut to 100 bytes; InvalidOptionError for what is no outcome.
 */
export function unwrapOutcome(outcome: Outcome): OutputUriOutcome | LiteralsOutcome {
  const { kind } = requireObject(outcome, "outcome", "what outcomeOf returns");
  if (outcome.kind === "outputUri" || outcome.kind === "literals") return outcome;
  if (/^(error|aborted|notTerminal|none)$/.test(kind)) throw new ExecutionFailedError(outcome);
  const message =
    "outcome must be what outcomeOf returns, got another object. Call unwrapOutcome(outcomeOf(execution)).";
  throw new InvalidOptionError(message, { option: "outcome" });
}

function describe(outcome: ExecutionFailedError["outcome"]): string {
  switch (outcome.kind) {
    case "error": {
      const { code, message } = outcome.error;
      return `the execution failed: ${[code, message].filter((text) => text !== "").join(": ") || "no reason was given"}`;
    }
    case "aborted": {
      const by = outcome.principal === "" ? "" : ` by ${outcome.principal}`;
      return `the execution was aborted${by}: ${outcome.cause || "no cause was given"}`;
    }
    case "notTerminal":
      return "the execution has no outputs yet: it has not ended";
    case "none":
      return reasons[outcome.reason];
  }
}

const reasons = {
  noResult: "the execution ended with neither outputs nor an error",
  noClosure: "the execution has no closure, so its outputs are unknown",
} as const;
