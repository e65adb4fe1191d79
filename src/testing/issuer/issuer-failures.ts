/** The endpoints of an issuer. */
export type IssuerEndpoint =
  "metadata" | "jwks" | "authorize" | "token" | "device" | "revoke" | "other";

/** A failure of an issuer, and how often it occurs. */
export interface IssuerFailure {
  /** Where. */
  readonly endpoint: IssuerEndpoint;
  /**
   * Only for requests of this grant, such as `"refresh_token"`.
   * @defaultValue any
   */
  readonly grantType?: string | undefined;
  /**
   * How often; then things go well again.
   * @defaultValue 1
   */
  readonly times?: number | undefined;
  /**
   * The HTTP status. With 0 the connection breaks.
   * @defaultValue 400
   */
  readonly status?: number | undefined;
  /** The OAuth code of the answer, such as `"invalid_grant"`. */
  readonly error?: string | undefined;
  /** The answer's body as it is, in place of an OAuth error, such as a proxy's page. */
  readonly body?: string | undefined;
  /** Headers of the answer, such as `location`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A request that an issuer was sent. No secret of it is kept. */
export interface IssuerRequest {
  readonly endpoint: IssuerEndpoint;
  readonly method: string;
  readonly path: string;
  readonly grantType: string | undefined;
  readonly clientId: string | undefined;
  readonly scopes: readonly string[];
  readonly audience: string | undefined;
  /** The names of the request's headers. */
  readonly headerNames: readonly string[];
  /** The HTTP status of the answer; 0 where the connection broke. */
  readonly status: number;
}

/** Failures by script: the first that fits strikes. */
export class IssuerFailures {
  readonly #failures: { readonly failure: IssuerFailure; left: number }[] = [];

  /** Adds a failure. */
  add(failure: IssuerFailure): void {
    this.#failures.push({ failure, left: failure.times ?? 1 });
  }

  /** Takes all failures away. */
  clear(): void {
    this.#failures.length = 0;
  }

  /** The failure that strikes a request. */
  strike(endpoint: IssuerEndpoint, grantType: string | undefined): IssuerFailure | undefined {
    const found = this.#failures.find(
      ({ failure, left }) =>
        left > 0 &&
        failure.endpoint === endpoint &&
        (failure.grantType === undefined || failure.grantType === grantType),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.failure;
  }
}
