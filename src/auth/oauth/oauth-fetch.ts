import {
  ConnectionError,
  createSecretMask,
  errorText,
  removeSecrets,
  retryAfterMsOf,
  type Secret,
} from "../../errors/index.js";
import { oneLine, signInError } from "../errors.js";
import { askIssuer, readJsonObject, type IssuerAnswer, type IssuerContext } from "../ask-issuer.js";

/** The longest part of an issuer's text that is read, in characters. */
const maxWordsRead = 4_096;

/** The request that the OAuth library passes to fetch. */
export interface OAuthRequestInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: URLSearchParams | undefined;
}

/** The particulars of a request to an issuer's token endpoint. */
export interface OAuthContext extends IssuerContext {
  /** Whether it is FlyteAdmin's own, which answers 500 `server_error` where others say `invalid_grant`. */
  readonly isFlyteAdmin: boolean;
}

/**
 * Asks an issuer and returns its JSON answer, of a bounded size and without ID token: nobody here
 * reads one, and issuers that do not agree with their own metadata are common.
 *
 * @throws SignInError with reason `refused` and the issuer's code, when the issuer refuses
 * @throws ConnectionError when the issuer, or a proxy before it, cannot serve now
 */
export async function oauthFetch(
  context: OAuthContext,
  url: string,
  init: OAuthRequestInit,
): Promise<Response> {
  const { method, headers, body } = init;
  const answer = await askIssuer(context, url, {
    method,
    // A string: some runtimes write a charset behind the type of URLSearchParams, which some issuers refuse.
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    ...(body === undefined ? {} : { body: body.toString() }),
  }).catch((error: unknown) => {
    removeSecrets(error, secretsIn(init));
    throw error;
  });
  const content = readJsonObject(answer);
  if (answer.status >= 400 || content === undefined) {
    throw refusal(context, new URL(url).host, answer, content, secretsIn(init));
  }
  // Some issuers write null where others leave a field out.
  const entries = Object.entries(content).filter(
    ([name, value]) => name !== "id_token" && value !== null,
  );
  return new Response(JSON.stringify(Object.fromEntries(entries)), {
    status: answer.status,
    headers: { "content-type": "application/json" },
  });
}

function refusal(
  { isFlyteAdmin }: OAuthContext,
  authority: string,
  { status, headers }: IssuerAnswer,
  content: Readonly<Record<string, unknown>> | undefined,
  secrets: readonly Secret[],
): Error {
  const said = content?.["error"];
  const isCode = typeof said === "string" && /^[\w.:/-]{1,100}$/.test(said);
  const mask = createSecretMask(secrets);
  const code = isCode && mask(said) === said ? said : undefined;
  const isPassing =
    status === 429 || code === "temporarily_unavailable" || (status >= 500 && !isFlyteAdmin);
  if (isPassing || status >= 501 || (status === 500 && code === undefined)) {
    return new ConnectionError(
      errorText(
        "SignIn",
        "UNAVAILABLE",
        `the issuer at ${authority} answered with ${status}${code === undefined ? "" : ` (${code})`}`,
        "It cannot issue tokens now; the next call asks it again.",
      ),
      { rpc: "SignIn", retryAfterMs: retryAfterMsOf(headers) },
    );
  }
  if (code === undefined) {
    return signInError(
      `${authority} answered with status ${status} and not as an OAuth issuer does`,
      "Check tokenUrl, and whether there is a proxy in front of the issuer.",
      { reason: "failed", status },
    );
  }
  const description = content?.["error_description"];
  const words = typeof description === "string" ? `: ${wordsOf(description, mask)}` : "";
  return signInError(`the issuer at ${authority} refused with ${code}${words}`, remedyFor(code), {
    reason: "refused",
    oauthError: code,
    status,
  });
}

function remedyFor(code: string): string {
  switch (code) {
    case "invalid_client":
    case "unauthorized_client":
      return "Check the client's id and secret.";
    case "invalid_scope":
      return "Check scopes: the issuer does not grant one of them to this client.";
    case "invalid_grant":
    case "server_error":
      return "Sign in again.";
    default:
      return "Check the client's settings at the issuer.";
  }
}

/** An issuer's words, short and on one line, without what was sent to it. */
function wordsOf(said: string, mask: (text: string) => string): string {
  return oneLine(mask(said.slice(0, maxWordsRead)), 300);
}

const openParameters: ReadonlySet<string> = new Set([
  "grant_type",
  "scope",
  "client_id",
  "redirect_uri",
  "audience",
]);

/** The parts of a request that must not come back in an error's text. */
function secretsIn({ headers, body }: OAuthRequestInit): readonly Secret[] {
  const values: string[] = [];
  for (const [name, value] of body ?? []) if (!openParameters.has(name)) values.push(value);
  for (const [name, value] of Object.entries(headers)) {
    const basic = /^authorization$/i.test(name) ? /^Basic (.+)$/.exec(value)?.[1] : undefined;
    if (basic === undefined) continue;
    const [, secret = ""] = /:(.*)$/s.exec(atob(basic)) ?? [];
    values.push(basic, secret, decodeURIComponent(secret.replaceAll("+", " ")));
  }
  return values.map((value) => ({ value, inParts: true }));
}
