import {
  AdminClient,
  fetchSignedUrl,
  isFlyteError,
  nodeExecutionId,
  outcomeOf,
} from "flyte-admin-client";

/** How a call of the page ended. */
export type Ended<T> =
  | { readonly value: T }
  | { readonly error: { readonly name: string; readonly code: string; readonly message: string } };

/** The actions that a test triggers in the page, over another origin's REST gateway. */
export const probe = {
  /** Walks all attempts of a node and returns their numbers and outcomes. */
  walk: (baseUrl: string, node: string): Promise<Ended<Walk>> =>
    ended(async () => {
      const admin = new AdminClient({ baseUrl });
      const walk: Walk = { numbers: [], outcomes: {}, firstError: undefined };
      for await (const attempt of admin.taskExecutions.list({
        nodeExecutionId: nodeExecutionId(node),
      })) {
        walk.numbers.push(attempt.id?.retryAttempt ?? -1);
        const outcome = outcomeOf(attempt);
        walk.outcomes[outcome.kind] = (walk.outcomes[outcome.kind] ?? 0) + 1;
        if (outcome.kind === "error") walk.firstError ??= outcome.error.message;
      }
      return walk;
    }),

  /** The numbers of the failed attempts from a number on, newest first, and the outputs of the first attempt. */
  filter: (baseUrl: string, node: string, from: number): Promise<Ended<number[]>> =>
    ended(async () => {
      const admin = new AdminClient({ baseUrl });
      const list = admin.taskExecutions.list({
        nodeExecutionId: nodeExecutionId(node),
        where: (f) => [f.phase.eq("FAILED"), f.retryAttempt.gte(from)],
        orderBy: { field: "retryAttempt", direction: "descending" },
      });
      return (await list.toArray({ limit: 10_000 })).map(({ id }) => id?.retryAttempt ?? -1);
    }),

  /** Reads the outputs of a node's first attempt. */
  outputs: (baseUrl: string, node: string): Promise<Ended<string>> =>
    ended(async () => {
      const admin = new AdminClient({ baseUrl });
      const first = await admin.taskExecutions
        .list({ nodeExecutionId: nodeExecutionId(node) })
        .first();
      const outputs = await admin.taskExecutions.outputs(first!);
      return outputs.kind === "literals"
        ? Object.keys(outputs.literals.literals).join()
        : outputs.kind;
    }),

  /** Walks and cancels after so many attempts. */
  cancelAfter: (baseUrl: string, node: string, count: number): Promise<Ended<never>> => {
    const controller = new AbortController();
    return ended(async () => {
      const admin = new AdminClient({ baseUrl, timeoutMs: 60_000 });
      let seen = 0;
      const list = admin.taskExecutions.list(
        { nodeExecutionId: nodeExecutionId(node) },
        { pageSize: 100, signal: controller.signal },
      );
      for await (const attempt of list) {
        seen += attempt.id === undefined ? 0 : 1;
        // The page after these is on its way, and never arrives.
        if (seen === count)
          setTimeout(() => {
            controller.abort();
          }, 200);
      }
      throw new Error(`the walk continued to ${seen}`);
    });
  },

  /** Lets the server sign an object's address, and downloads it. */
  download: (baseUrl: string, uri: string): Promise<Ended<string>> =>
    ended(async () => {
      const admin = new AdminClient({ baseUrl });
      const { signedUrl } = await admin.rpc.dataProxy.createDownloadLocation({ nativeUrl: uri });
      return new TextDecoder().decode(await fetchSignedUrl(signedUrl).bytes());
    }),

  /** Uploads a text as a Blob, and reads it back by the address that the server returned. */
  upload: (baseUrl: string, filename: string, text: string): Promise<Ended<Upload>> =>
    ended(async () => {
      const admin = new AdminClient({
        baseUrl,
        defaults: { project: "flytesnacks", domain: "development" },
      });
      const sent: number[] = [];
      const { nativeUri, bytes } = await admin.dataProxy.upload(
        { filename, body: new Blob([text]) },
        { onProgress: (progress) => sent.push(progress.done) },
      );
      const { signedUrl } = await admin.rpc.dataProxy.createDownloadLocation({
        nativeUrl: nativeUri,
      });
      const stored = new TextDecoder().decode(await fetchSignedUrl(signedUrl).bytes());
      return { nativeUri, bytes, stored, sent: sent.at(-1) ?? 0 };
    }),

  /** One call, with headers, and cookies where asked for. */
  version: (
    baseUrl: string,
    headers: Readonly<Record<string, string>> = {},
    credentials?: RequestCredentials,
  ): Promise<Ended<string>> =>
    ended(async () => {
      const admin = new AdminClient({
        baseUrl,
        headers,
        retry: false,
        ...(credentials !== undefined && { credentials }),
      });
      const { controlPlaneVersion } = await admin.rpc.admin.getVersion({});
      return controlPlaneVersion?.Version ?? "";
    }),
};

/** The result of a walk over attempts. */
export interface Walk {
  readonly numbers: number[];
  readonly outcomes: Record<string, number>;
  firstError: string | undefined;
}

/** The result of an upload. */
export interface Upload {
  readonly nativeUri: string;
  readonly bytes: number;
  readonly stored: string;
  readonly sent: number;
}

async function ended<T>(work: () => Promise<T>): Promise<Ended<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (isFlyteError(error)) {
      return { error: { name: error.name, code: error.code, message: error.message } };
    }
    return { error: { name: "Error", code: "", message: String(error) } };
  }
}

Object.assign(globalThis, { probe });
