import { type KeysetSource, walkByKey } from "./keyset-walk.js";

/** How the rows of a scan are asked for. */
export interface ScanSettings {
  readonly limit: number;
  readonly pageSize: number | undefined;
  /** The caller's. */
  readonly signal: AbortSignal | undefined;
}

/** Gives the rows of a walk by keys one by one, until the signal fires or the loop is left. */
export async function* scanRows<T>(
  source: KeysetSource<T>,
  { limit, pageSize, signal }: ScanSettings,
): AsyncGenerator<T, undefined> {
  const controller = new AbortController();
  const onAbort = (): void => {
    controller.abort(signal?.reason);
  };
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    for await (const rows of walkByKey(source, { limit, pageSize, signal: controller.signal })) {
      yield* rows;
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    controller.abort();
  }
}
