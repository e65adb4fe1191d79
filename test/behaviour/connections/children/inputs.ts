/** The input of the program of one call. */
export interface OneCall {
  readonly wire: "grpc" | "rest";
  readonly baseUrl: string;
  readonly ca: string;
  readonly proxyUrl: string | undefined;
}
