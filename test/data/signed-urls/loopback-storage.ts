import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { listenOnLoopback } from "../../../tools/lib/loopback.mjs";

/** A request that the storage received. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
}

/** A storage on loopback whose answers the test decides, request by request. */
export interface LoopbackStorage {
  readonly base: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

export async function startStorage(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<LoopbackStorage> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
    answer(request, response, seen.length);
  });
  const { url, close } = await listenOnLoopback(server);
  return { base: url, seen, close };
}

/** The XML that a storage refuses with. */
export function storageXml(code: string, rest = ""): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code>${rest}</Error>`;
}
