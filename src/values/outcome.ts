import type { ExecutionClosure } from "../../gen/flyteidl/admin/execution_pb.js";
import type { NodeExecutionClosure } from "../../gen/flyteidl/admin/node_execution_pb.js";
import type { TaskExecutionClosure } from "../../gen/flyteidl/admin/task_execution_pb.js";
import type {
  ExecutionError,
  ExecutionError_ErrorKind,
} from "../../gen/flyteidl/core/execution_pb.js";
import type { LiteralMap } from "../../gen/flyteidl/core/literals_pb.js";
import { FlyteError, InvalidOptionError } from "../errors/index.js";
import { invalidOption, requireObject } from "../internal/validation/index.js";
import {
  type ExecutionLike,
  isTerminalPhase,
  type NodeExecutionLike,
  phaseOf,
  requireStateful,
  type TaskExecutionLike,
} from "./phases.js";

/** The outputs were written to the blob store. A task without outputs has a URI too, under which there may be nothing. */
export interface OutputUriOutcome {
  /** The discriminant of the union. */
  readonly kind: "outputUri";
  /** Never empty. */
  readonly uri: string;
}

/** The outputs came with the answer. */
export interface LiteralsOutcome {
  /** The discriminant of the union. */
  readonly kind: "literals";
  /** The outputs, inline in the closure. */
  readonly literals: LiteralMap;
}

/** It failed. Lists of executions and of nodes cut `error.message` to 100 bytes; get the one for all of it. */
export interface ErrorOutcome {
  /** The discriminant of the union. */
  readonly kind: "error";
  /** The error as the closure holds it. */
  readonly error: ExecutionError;
}

/** Somebody ended the workflow execution; it may still be `ABORTING`. */
export interface AbortedOutcome {
  /** The discriminant of the union. */
  readonly kind: "aborted";
  /** The cause that was given for the abort; empty when none was. */
  readonly cause: string;
  /** Who did it; empty where authentication is off, and in old data. */
  readonly principal: string;
}

/** It is still running, so there may be a result later. */
export interface NotTerminalOutcome {
  /** The discriminant of the union. */
  readonly kind: "notTerminal";
  /** The phase that it is in, such as `RUNNING`. */
  readonly phase: string;
}

/** There is neither output nor error. */
export interface NoneOutcome {
  /** The discriminant of the union. */
  readonly kind: "none";
  /** The phase that it ended in; `UNDEFINED` without a closure. */
  readonly phase: string;
  /**
   * `noResult`: it ended without any, as an aborted attempt does. `noClosure`: the message says
   * nothing about its state.
   */
  readonly reason: "noResult" | "noClosure";
}

/** The outcome of a node execution or an attempt of a task. */
export type NodeOutcome =
  OutputUriOutcome | LiteralsOutcome | ErrorOutcome | NotTerminalOutcome | NoneOutcome;

/** The outcome of a workflow execution. */
export type Outcome = NodeOutcome | AbortedOutcome;

type Closure = ExecutionClosure | NodeExecutionClosure | TaskExecutionClosure;

/**
 * Reads what something came to: a workflow execution, a node execution or an attempt of a task, or
 * the closure of one.
 *
 * An unset result and an empty URI are `none`, never an empty string.
 *
 * @throws InvalidOptionError when it is not an execution, a node, an attempt or a closure of one.
 */
export function outcomeOf(x: NodeExecutionLike | TaskExecutionLike): NodeOutcome;
export function outcomeOf(x: ExecutionLike | NodeExecutionLike | TaskExecutionLike): Outcome;
export function outcomeOf(x: ExecutionLike | NodeExecutionLike | TaskExecutionLike): Outcome {
  requireStateful(x);
  const closure = isClosure(x) ? x : x.closure;
  return closure === undefined
    ? { kind: "none", phase: "UNDEFINED", reason: "noClosure" }
    : fromClosure(closure);
}

function isClosure(x: ExecutionLike | NodeExecutionLike | TaskExecutionLike): x is Closure {
  return x.$typeName.endsWith("Closure");
}

function fromClosure(closure: Closure): Outcome {
  const result = closure.outputResult;
  switch (result.case) {
    case "outputUri":
      return fromUri(closure, result.value);
    case "outputData":
      return { kind: "literals", literals: result.value };
    case "outputs": {
      const { data } = result.value;
      return data.case === "values"
        ? { kind: "literals", literals: data.value }
        : fromUri(closure, data.value ?? "");
    }
    case "error":
      return { kind: "error", error: result.value };
    case "abortMetadata":
      return {
        kind: "aborted",
        cause: result.value.cause,
        principal: result.value.principal,
      };
    case "abortCause":
      return { kind: "aborted", cause: result.value, principal: "" };
    case undefined:
      return fromUri(closure, "");
  }
}

function fromUri(closure: Closure, uri: string): Outcome {
  if (uri !== "") return { kind: "outputUri", uri };
  const phase = phaseOf(closure);
  return isTerminalPhase(phase)
    ? { kind: "none", phase, reason: "noResult" }
    : { kind: "notTerminal", phase };
}

/** The names of the kinds of an error of a run. */
export type ErrorKindName = keyof typeof ExecutionError_ErrorKind;

/** In the order of their numbers. */
const errorKinds: readonly ErrorKindName[] = ["UNKNOWN", "USER", "SYSTEM"];

/**
 * Returns who caused the error of a run, by the name that `f.errorKind` filters by: `USER` for the code of a task,
 * `SYSTEM` for the platform. `UNKNOWN` also stands for a number that this version does not know.
 *
 * @throws InvalidOptionError when it is not an error of a run, such as `outcome.error` of `outcomeOf`
 */
export function errorKindOf(error: ExecutionError): ErrorKindName {
  const expected = "the error of a run, such as outcome.error";
  const { kind } = requireObject(error, "error", expected);
  if (typeof kind !== "number") throw invalidOption("error", expected, error);
  return errorKinds[kind] ?? "UNKNOWN";
}

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
 * Returns the outputs, by URI or by value.
 *
 * @throws ExecutionFailedError for any other outcome; a message from a list of executions or nodes
 * is cut to 100 bytes; InvalidOptionError for another value.
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
