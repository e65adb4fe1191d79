import { readFileSync } from "node:fs";

/** A token of a recorded request, by what it holds. */
export interface RecordedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** One exchange of auth.jsonl. */
export interface RecordedExchange {
  readonly name: string;
  readonly server: string;
  readonly transport: "grpc" | "rest" | "http";
  readonly request: {
    readonly method: string;
    readonly path?: string;
    readonly rpc?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly bodyText?: string;
    readonly bodyBase64?: string;
    readonly jwt?: readonly RecordedJwt[];
  };
  readonly response: {
    readonly status?: number;
    readonly grpcStatus?: number;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly trailers?: Readonly<Record<string, string>>;
    readonly bodyText?: string;
    readonly bodyBase64?: string;
    readonly jwt?: readonly RecordedJwt[];
  };
}

/** The exchanges with one of the recorded servers, in order. */
export function recordedExchanges(server: string): readonly RecordedExchange[] {
  const text = readFileSync(new URL("../../recordings/auth.jsonl", import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => JSON.parse(line) as RecordedExchange)
    .filter((exchange) => exchange.server === server);
}
