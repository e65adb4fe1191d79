import type { LiteralMap } from "../../gen/flyteidl/core/literals_pb.js";

/** One half, inputs or outputs, of an answer of a data call. */
export interface DataHalf {
  readonly literals: LiteralMap | undefined;
  /** The signed URL; the storage URI where the server signs with scheme `none`; empty where signing is off. */
  readonly url: string;
  /** The object's length; 0 where signing is off. */
  readonly bytes: bigint;
}

/** What the row of an execution, node or attempt says of its data. */
export type Standing<Result> =
  /** The data is in an object, whose URI may not be known. */
  | { readonly kind: "stored"; readonly uri: string | undefined }
  /** The row alone is the answer. */
  | { readonly kind: "settled"; readonly result: Result };

/** A question for the inputs or the outputs of one thing. */
export interface DataQuestion<Result> {
  /** The data call, for errors. */
  readonly rpc: string;
  /** What the row says, where the caller holds it. */
  readonly known: Standing<Result> | undefined;
  /** The `flyte://` URL of the data, where there is one. */
  readonly flyteUrl: string | undefined;
  /** Asks the server for the row. */
  look(): Promise<Standing<Result>>;
  /** Makes the data call. */
  ask(): Promise<DataHalf>;
}
