import { type AdminClient, fetchSignedUrl } from "flyte-admin-client";

/** Signs a URL of the deck that a node wrote, and reads an object by its storage address. */
export async function example(admin: AdminClient): Promise<void> {
  // #region example
  const nodeExecutionId = {
    executionId: { project: "flytesnacks", domain: "development", name: "decked0001" },
    nodeId: "n0",
  };
  const deck = await admin.dataProxy.createDeckLink(nodeExecutionId, { expiresInSeconds: 60 });
  const [deckUrl = ""] = deck.signedUrl;
  const html = new TextDecoder().decode(await fetchSignedUrl(deckUrl).bytes());
  console.log(html);

  const location = await admin.dataProxy.createDownloadLocation("s3://my-s3-bucket/decks/n0.html");
  for await (const part of fetchSignedUrl(location.signedUrl)) console.log(part.length, "bytes");
  // #endregion example
}
