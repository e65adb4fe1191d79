import { errorText, ConnectionError } from "../../errors/index.js";
import {
  createSecretMask,
  escapeControls,
  removeSecrets,
  type Secret,
} from "../../errors/redaction/index.js";
import { type FetchContext, fetchOnce } from "../../transports/fetch-once.js";
import { readBody } from "../../transports/read-body.js";
import { signInError } from "../errors.js";
import { isRecord } from "../jwt.js";

/** The longest answer of an issuer that is read, in bytes. */
const maxBytes = 262_144;
/** What is looked at of an issuer's words, in characters. */
const maxWordsRead = 4_096;

/** What the OAuth library hands to fetch. */
export interface OAuthRequestInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: URLSearchParams | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks an issuer and gives back a JSON answer, of a bounded size and without ID token: nobody here
 * reads one, and issuers that do not agree with their own metadata are common.
 *
 * @throws SignInError with reason `refused` and the issuer's code, when the issuer refuses
 * @throws ConnectionError when the issuer, or a proxy before it, cannot serve now
 */
export async function oauthFetch(
  fetch: FetchContext["fetch"],
  url: string,
  init: OAuthRequestInit,
): Promise<Response> {
  const authority = new URL(url).host;
  const { method, headers, body, signal } = init;
  const response = await fetchOnce({ rpc: "SignIn", authority, fetch }, url, {
    method,
    // A string: some runtimes write a charset behind the type of URLSearchParams, which some issuers refuse.
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    ...(body === undefined ? {} : { body: body.toString() }),
    ...(signal === undefined ? {} : { signal }),
    credentials: "omit",
    cache: "no-store",
  }).catch((error: unknown) => {
    removeSecrets(error, secretsIn(init));
    throw error;
  });
  const { bytes, cut } = await readBody(response, maxBytes);
  const answer = cut ? undefined : parse(bytes);
  if (response.status >= 400 || answer === undefined) {
    throw refusal(authority, response.status, answer, secretsIn(init));
  }
  // `undefined` is left out of JSON.
  return new Response(JSON.stringify({ ...answer, id_token: undefined }), {
    status: response.status,
    headers: { "content-type": "application/json" },
  });
}

function refusal(
  authority: string,
  status: number,
  answer: Readonly<Record<string, unknown>> | undefined,
  secrets: readonly Secret[],
): Error {
  const code = answer?.["error"];
  const isCode = typeof code === "string" && /^[\w.:/-]{1,100}$/.test(code);
  const mask = createSecretMask(secrets);
  if (!isCode || mask(code) !== code) {
    if (status >= 500 || status === 429) {
      return new ConnectionError(
        errorText("SignIn", "UNAVAILABLE", `the issuer at ${authority} answered with ${status}`),
        { rpc: "SignIn" },
      );
    }
    return signInError(
      `${authority} answered with status ${status} and not as an OAuth issuer does`,
      "Check tokenUrl, and whether a proxy stands before the issuer.",
      { reason: "failed", status },
    );
  }
  const said = answer?.["error_description"];
  const words = typeof said === "string" ? `: ${wordsOf(said, mask)}` : "";
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
      return "Check scopes: the issuer does not give one of them to this client.";
    case "invalid_grant":
    case "server_error":
      return "Sign in again.";
    default:
      return "Check the client's settings at the issuer.";
  }
}

/** An issuer's words, short and on one line, without what was sent to it. */
function wordsOf(said: string, mask: (text: string) => string): string {
  return escapeControls(mask(said.slice(0, maxWordsRead)).replace(/\s+/g, " ")).slice(0, 300);
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

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
