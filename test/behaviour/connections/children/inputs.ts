/** What the program of one call is told. */
export interface OneCall {
  readonly wire: "grpc" | "rest";
  readonly baseUrl: string;
  readonly ca: string;
  readonly proxyUrl: string | undefined;
}
