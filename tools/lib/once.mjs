/**
 * The same work for all who ask, started by the first.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {() => Promise<T>}
 */
export function once(work) {
  /** @type {Promise<T> | undefined} */
  let started;
  return () => (started ??= work());
}
