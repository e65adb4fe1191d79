import type { CallOptions } from "../internal/index.js";
import {
  callOptionNames,
  type OptionNames,
  requireInteger,
  requireOptions,
} from "../internal/validation/index.js";

/** Options of reading inputs or outputs; Connect's options hold for each call on the way. */
export interface ReadDataOptions extends CallOptions {
  /**
   * The most bytes of an object to read into memory; more is the result `tooLarge`.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxBytes?: number | undefined;
  /**
   * Whether to fetch the literals that are too large for the map, where Flyte's engine
   * offloads such. Their objects count together against a `maxBytes` of their own.
   * @defaultValue `false`: they remain references with their URI
   */
  readonly fetchOffloaded?: boolean | undefined;
}

const readOptionNames: OptionNames<ReadDataOptions> = {
  ...callOptionNames,
  maxBytes: true,
  fetchOffloaded: true,
};

/**
 * Checks the options of reading inputs or outputs.
 *
 * @throws InvalidOptionError
 */
export function requireReadOptions(options: ReadDataOptions): void {
  const { maxBytes } = requireOptions(options, readOptionNames);
  if (maxBytes !== undefined) requireInteger(maxBytes, "maxBytes", { min: 0, unit: "bytes" });
}
