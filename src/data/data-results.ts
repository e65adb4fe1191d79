import type { ExecutionError } from "../../gen/flyteidl/core/execution_pb.js";
import type { LiteralMap } from "../../gen/flyteidl/core/literals_pb.js";
import type { FlyteError } from "../errors/index.js";

/**
 * The source of literals: `inline` in an answer of the server, through the
 * `signedUrl` of the data call, through `getData`, or from the `nativeUri` of
 * the object, signed by CreateDownloadLocation.
 */
export type LiteralsSource = "inline" | "signedUrl" | "getData" | "nativeUri";

/** The literals, complete; an empty map means that there are none, never that they are unknown. */
export interface LiteralsResult {
  /** The discriminant of the union. */
  readonly kind: "literals";
  /** The complete map of literals. */
  readonly literals: LiteralMap;
  /** The source of the map. */
  readonly source: LiteralsSource;
  /**
   * The offloaded literals that could not be fetched, which remain references. Present only
   * where `fetchOffloaded` is set.
   */
  readonly unfetched?: readonly UnfetchedLiteral[] | undefined;
}

/** An offloaded literal that could not be fetched. */
export interface UnfetchedLiteral {
  /** The path of the literal, such as `literals.o0[3]`. */
  readonly path: string;
  /** The reason why it was not fetched. */
  readonly result: TooLargeResult | MissingResult | UnreadableResult;
}

/** It is still running, so there may be data later. */
export interface NotTerminalResult {
  /** The discriminant of the union. */
  readonly kind: "notTerminal";
  /** The phase that it was seen in, such as `RUNNING`. */
  readonly phase: string;
}

/** It failed, so it has no outputs. */
export interface ErrorResult {
  /** The discriminant of the union. */
  readonly kind: "error";
  /** The phase that it ended in. */
  readonly phase: string;
  /** The recorded error; `undefined` where the server recorded none. */
  readonly error: ExecutionError | undefined;
}

/** It was aborted, so it has no outputs. */
export interface AbortedResult {
  /** The discriminant of the union. */
  readonly kind: "aborted";
  /** The reason that was given; only workflow executions have one. */
  readonly cause: string | undefined;
  /** Who aborted it; only workflow executions have one. */
  readonly principal: string | undefined;
}

/** It has ended, or its inputs were due, and none were recorded. */
export interface NoneResult {
  /** The discriminant of the union. */
  readonly kind: "none";
  /** The phase that it ended in. */
  readonly phase: string;
}

/** The object is over `maxBytes`. */
export interface TooLargeResult {
  /** The discriminant of the union. */
  readonly kind: "tooLarge";
  /** The object's length, where it is known. */
  readonly bytes: number | undefined;
  /** The storage URI, where it is known. */
  readonly uri: string | undefined;
  /** The object, a serialized `flyteidl.core.LiteralMap`, part by part. Signed again for each loop. */
  stream(): AsyncIterable<Uint8Array>;
}

/**
 * The server names an object that is not in the storage. A task that declares
 * no outputs may end so too: its URI is recorded, and nothing is written.
 */
export interface MissingResult {
  /** The discriminant of the union. */
  readonly kind: "missing";
  /** Whether the object or its bucket is missing. */
  readonly what: "object" | "bucket";
  /** The storage URI, where it is known. */
  readonly uri: string | undefined;
}

/** There is data, or there may be, and no way of reading it worked. */
export interface UnreadableResult {
  /** The discriminant of the union. */
  readonly kind: "unreadable";
  /** The storage URI, where it is known. */
  readonly uri: string | undefined;
  /** The error of the first source that was tried. */
  readonly error: FlyteError;
}

/** The result of reading inputs. */
export type InputsResult =
  | LiteralsResult
  | NotTerminalResult
  | NoneResult
  | TooLargeResult
  | MissingResult
  | UnreadableResult;

/** The result of reading outputs. */
export type OutputsResult = InputsResult | ErrorResult | AbortedResult;
