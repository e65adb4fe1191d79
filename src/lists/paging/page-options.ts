import type { CallOptions } from "../../internal/index.js";

/** The options of a list that hold for each of its calls. */
export function pageOptions(options: CallOptions, signal: AbortSignal | undefined): CallOptions {
  const { timeoutMs, headers, contextValues } = options;
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(headers !== undefined && { headers }),
    onHeader: (header) => options.onHeader?.(header),
    onTrailer: (trailer) => options.onTrailer?.(trailer),
    ...(contextValues !== undefined && { contextValues }),
    ...(signal !== undefined && { signal }),
  };
}
