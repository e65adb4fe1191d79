/** The configuration that the page's own server sends. */
export interface PageConfig {
  /** The REST gateway of FlyteAdmin. */
  readonly baseUrl: string;
  readonly project: string;
  readonly domain: string;
  /** Headers of every call, such as a token in `flyte-authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * How long a call may take, in milliseconds.
   * @defaultValue `20_000`
   */
  readonly timeoutMs?: number;
}
