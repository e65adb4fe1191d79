/**
 * Calls back once, with the signal, when the first of some signals has aborted or aborts.
 *
 * @returns what lets go of the signals
 */
export function whenAborted(
  signals: readonly (AbortSignal | undefined)[],
  onAbort: (signal: AbortSignal) => void,
): () => void {
  const given = signals.filter((signal) => signal !== undefined);
  const listener = (): void => {
    letGo();
    const first = given.find(({ aborted }) => aborted);
    if (first !== undefined) onAbort(first);
  };
  const letGo = (): void => {
    for (const signal of given) signal.removeEventListener("abort", listener);
  };
  for (const signal of given) signal.addEventListener("abort", listener);
  if (given.some(({ aborted }) => aborted)) listener();
  return letGo;
}
