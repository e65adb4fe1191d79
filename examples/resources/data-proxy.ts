import { type AdminClient, fetchSignedUrl } from "flyte-admin-client";

/** Reads the deck of a node, resolves a flyte:// URL, and uploads a file and reads it again. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const executionId = { project: "flytesnacks", domain: "development", name: "decked0001" };
  const deck = await admin.nodeExecutions.deck({ executionId, nodeId: "n0" });
  console.log(deck.kind === "deck" ? await deck.html() : `no deck: ${deck.kind}`);

  const url = "flyte://v1/flytesnacks/development/demo0001/n0/3/o/o0";
  const output = await admin.dataProxy.resolve(url);
  console.log(url, output.kind);

  const { nativeUri } = await admin.dataProxy.upload({
    project: "flytesnacks",
    domain: "development",
    filenameRoot: "notes",
    filename: "hello.txt",
    body: new TextEncoder().encode("hello"),
  });
  console.log(nativeUri);

  const location = await admin.dataProxy.createDownloadLocation(nativeUri);
  for await (const part of fetchSignedUrl(location.signedUrl)) console.log(part.length, "bytes");
  // #endregion example
}
