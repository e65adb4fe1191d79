/** Gives the items of what has to be loaded first, which the first of them is asked for. Leaving the loop before then loads nothing. */
export async function* lazily<T>(
  load: () => Promise<AsyncIterable<T>>,
): AsyncGenerator<T, undefined> {
  yield* await load();
}
