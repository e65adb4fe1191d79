import { InvalidOptionError } from "../../errors/index.js";
import type { FlowContext, SignInFlow } from "../flow.js";
import type { Token } from "../token.js";

/** How a service signs in as itself. */
export interface ClientCredentialsOptions {
  /** The service's id at the issuer. */
  readonly clientId: string;
  /** The service's secret, or what reads it: asked at each sign-in, so that a secret may be rotated. */
  readonly clientSecret: string | (() => string | Promise<string>);
}

/**
 * Signs in as a service, with an id and a secret. Scopes and audience are those of
 * `GetPublicClientConfig` unless set. FlyteAdmin gives no refresh token for this grant; the secret
 * gets the next token.
 *
 * @throws InvalidOptionError for an empty id or secret
 */
export function clientCredentials(options: ClientCredentialsOptions): SignInFlow {
  const { clientId, clientSecret } = options;
  if (clientId === "") throw missing("clientId");
  if (clientSecret === "") throw missing("clientSecret");
  const signIn = async ({ server, oauth, signal }: FlowContext): Promise<Token> => {
    const secret = typeof clientSecret === "string" ? clientSecret : await clientSecret();
    if (secret === "") throw missing("clientSecret");
    return oauth.grant(
      signal,
      async ({ library, issuer, client, clientAuth, options: request }) => {
        const parameters = new URLSearchParams();
        if (server.scopes.length > 0) parameters.set("scope", server.scopes.join(" "));
        if (server.audience !== undefined) parameters.set("audience", server.audience);
        const response = await library.clientCredentialsGrantRequest(
          issuer,
          client,
          clientAuth,
          parameters,
          request,
        );
        return library.processClientCredentialsResponse(issuer, client, response);
      },
      { clientId, clientSecret: secret },
    );
  };
  return { isInteractive: false, isRenewable: true, renew: signIn, signIn };
}

function missing(option: string): InvalidOptionError {
  return new InvalidOptionError(`${option} is empty: client credentials need an id and a secret.`, {
    option,
  });
}
