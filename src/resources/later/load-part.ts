import { CanceledError, ConnectionError } from "../../errors/index.js";

/**
 * Loads a part. Nothing is kept here: the runtime keeps what it has loaded, and a call after one
 * that failed asks again.
 *
 * @throws ConnectionError when it cannot be loaded; CanceledError when the signal fires first
 */
export async function loadPart<Part>(
  load: () => Promise<Part>,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Part> {
  if (signal?.aborted === true) throw canceled(signal);
  let onAbort = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => {
      resolve(undefined);
    };
  });
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const part = await Promise.race([aborted, load().catch(toConnectionError)]);
    if (part !== undefined) return part;
    throw canceled(signal);
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

function toConnectionError(cause: unknown): never {
  throw new ConnectionError(
    "The part of flyte-admin-client that makes this call could not be loaded: if the files of the page have changed since it was opened, as after a deployment, load the page anew; if not, see that its server gives out every file that the bundler wrote",
    { cause },
  );
}

function canceled(signal: AbortSignal | undefined): CanceledError {
  const words =
    "the call was canceled by its signal, before the part of flyte-admin-client that makes it was loaded";
  return new CanceledError(words, { cause: signal?.reason });
}
