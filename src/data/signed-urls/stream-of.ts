/**
 * A web stream of parts that are made one at a time, each when it is asked for;
 * cancelling the stream ends their making.
 *
 * @param begin - starts the making, at the first part
 */
export function streamOf(
  begin: () => AsyncGenerator<Uint8Array, void, undefined>,
): ReadableStream<Uint8Array> {
  let parts: AsyncGenerator<Uint8Array, void, undefined> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        parts ??= begin();
        const next = await parts.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: async () => {
        await parts?.return();
      },
    },
    { highWaterMark: 0 },
  );
}
