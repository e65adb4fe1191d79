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
  /** The endpoint that was called. */
  readonly endpoint: IssuerEndpoint;
  /** The HTTP method. */
  readonly method: string;
  /** The path of the request. */
  readonly path: string;
  /** The grant type of a request for a token. */
  readonly grantType: string | undefined;
  /** The OAuth2 client. */
  readonly clientId: string | undefined;
  /** The scopes that were asked for. */
  readonly scopes: readonly string[];
  /** The audience that was asked for. */
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

  /**
   * The failure that strikes a request.
   *
   * @internal
   */
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
