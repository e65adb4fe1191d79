import { InvalidOptionError } from "../../errors/index.js";
import {
  type OptionNames,
  requireKnownOptions,
  requireString,
} from "../../internal/validation/index.js";
import type { FlowContext, SignInFlow } from "../flow.js";
import type { AuthToken } from "../token.js";

/** Options of a service that signs in as itself. */
export interface ClientCredentialsOptions {
  /** The service's id at the issuer. */
  readonly clientId: string;
  /** The service's secret, or a function that reads it at each sign-in, so that a secret may be rotated. */
  readonly clientSecret: string | (() => string | Promise<string>);
}

const optionNames: OptionNames<ClientCredentialsOptions> = { clientId: true, clientSecret: true };

/**
 * Signs in as a service, with an id and a secret. Scopes and audience are those of
 * `GetPublicClientConfig` unless set. FlyteAdmin issues no refresh token for this grant; the secret
 * gets the next token.
 *
 * @throws InvalidOptionError for an empty id or secret
 */
export function clientCredentials(options: ClientCredentialsOptions): SignInFlow {
  const { clientId, clientSecret } = requireKnownOptions(
    options,
    optionNames,
    "options",
    "an object with clientId and clientSecret",
  );
  if (requireString(clientId, "clientId") === "") throw missing("clientId");
  if (typeof clientSecret !== "function" && requireString(clientSecret, "clientSecret") === "") {
    throw missing("clientSecret");
  }
  const signIn = async ({ oauth, signal }: FlowContext): Promise<AuthToken> => {
    const secret = typeof clientSecret === "string" ? clientSecret : await clientSecret();
    if (secret === "") throw missing("clientSecret");
    return oauth.clientCredentials(signal, { clientId, clientSecret: secret });
  };
  return { isInteractive: false, isRenewable: true, renew: signIn, signIn };
}

function missing(option: string): InvalidOptionError {
  return new InvalidOptionError(`${option} is empty: client credentials need an id and a secret.`, {
    option,
  });
}
