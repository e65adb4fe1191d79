/**
 * Makes `for … of`, spread, `Promise.all` and `JSON.stringify` of an async iterable throw an error that
 * says how it is read. On their own they say "is not a function or its return value is not iterable",
 * which blames the method, and `JSON.stringify` writes `{}`.
 *
 * @param noun - what it is, at the beginning of a sentence
 * @param remedy - how to collect it, after `for await` was named; none where it has no end
 */
export function forAwaitOnly<T extends AsyncIterable<unknown>>(
  iterable: T,
  noun: string,
  remedy = "",
): T {
  const refuse = (): never => {
    throw new TypeError(`${noun} comes from the server in parts: read it with for await${remedy}.`);
  };
  // Not enumerable, so that they show in no log and are not copied.
  return Object.defineProperties(iterable, {
    [Symbol.iterator]: { value: refuse },
    toJSON: { value: refuse },
  });
}
