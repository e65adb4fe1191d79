/**
 * A response whose body breaks with an error as soon as it is longer than
 * `maxBytes`, so that no server can fill the memory.
 */
export function boundBody(response: Response, maxBytes: number, tooLong: () => Error): Response {
  if (response.body === null) return response;
  let length = 0;
  const bounded = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      length += chunk.length;
      if (length > maxBytes) controller.error(tooLong());
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(bounded), { status, statusText, headers });
}
