import type { CallOptions } from "@connectrpc/connect";

/** Options of reading inputs or outputs; Connect's options hold for each call on the way. */
export interface ReadDataOptions extends CallOptions {
  /**
   * The most bytes of an object to read into memory; more is the result `tooLarge`.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxBytes?: number;
  /**
   * Whether to fetch the literals that are too large for the map, where Flyte's engine
   * offloads such. Their objects count together against a `maxBytes` of their own.
   * @defaultValue `false`: they remain references with their URI
   */
  readonly fetchOffloaded?: boolean;
}
