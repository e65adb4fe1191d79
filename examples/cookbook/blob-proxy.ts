import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";

import { type AdminClient, httpStatusOf } from "flyte-admin-client";

/** Sends an object of the storage, such as `s3://bucket/key`. The browser never sees a signed URL. */
async function sendBlob(admin: AdminClient, uri: string, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => {
    gone.abort();
  });
  try {
    const download = await admin.dataProxy.downloadBlob({ uri }, { signal: gone.signal });
    // The download begins when it is read. The first part is read before the status is sent.
    const parts = download[Symbol.asyncIterator]();
    const first = await parts.next();
    response.writeHead(200, { "content-type": "application/octet-stream" });
    if (first.done !== true) response.write(first.value);
    await pipeline({ [Symbol.asyncIterator]: () => parts }, response);
  } catch (error) {
    if (!response.headersSent) response.writeHead(httpStatusOf(error));
    response.end();
  }
}

/** Serves objects, and asks for one. Argument: its address. */
export async function run(
  admin: AdminClient,
  [uri = "s3://my-s3-bucket/models/model.onnx"]: readonly string[],
): Promise<void> {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://localhost");
    void sendBlob(admin, searchParams.get("uri") ?? "", response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/?uri=${encodeURIComponent(uri)}`);
  console.log(answer.status, await answer.text());
  server.close();
}
