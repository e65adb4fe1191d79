import { randomText } from "../issuer/index.js";
import { cookiesOf, expireCookie, openCookie, sealCookie, setCookie } from "./cookies.js";
import { type Session, sessionCookies, sessionOf } from "./session.js";

/** The parts that the login pages need. */
export interface LoginPagesParts {
  readonly now: () => Date;
  /** The addresses that a browser may be sent back to without a session. */
  readonly authorizedUris: readonly string[] | undefined;
  /** Makes the tokens of a person who has signed in. */
  readonly newSession: () => Promise<Session>;
  /** Whether an ID token is good. */
  readonly isLive: (idToken: string) => Promise<boolean>;
}

/** The code with which the login provider, who asks nobody, sends every browser back. */
const providerCode = "provider-code";

/** `/login`, `/callback` and `/logout`. The page of the login provider is skipped: `/login` leads to `/callback`. */
export class LoginPages {
  readonly #parts: LoginPagesParts;

  constructor(parts: LoginPagesParts) {
    this.#parts = parts;
  }

  /** Begins a session, or continues with the one that there is. */
  async login(headers: Headers, query: URLSearchParams): Promise<Response> {
    const session = sessionOf(headers);
    const asked = query.get("redirect_url");
    const target = asked ?? cookiesOf(headers).get("flyte_redirect_location") ?? "/console";
    if (session !== undefined) {
      if (await this.#parts.isLive(session.idToken)) return redirect(307, target);
      if (session.refreshToken !== undefined) {
        return redirect(307, target, sessionCookies(await this.#parts.newSession()));
      }
    }
    const csrf = randomText(32);
    const cookies = [setCookie("flyte_csrf_state", csrf, true)];
    if (asked !== null) {
      if (!this.#mayReturnTo(asked)) return respond(403, cookies);
      cookies.push(setCookie("flyte_redirect_location", asked, true));
    }
    const state = await stateOf(csrf);
    return redirect(307, `/callback?code=${providerCode}&state=${state}`, cookies);
  }

  /** Ends the login: the provider has sent the browser back. */
  async callback(headers: Headers, query: URLSearchParams): Promise<Response> {
    const cookies = cookiesOf(headers);
    const csrf = cookies.get("flyte_csrf_state");
    if (query.has("error") && !query.has("state")) return respond(403);
    if (csrf === undefined || query.get("state") !== (await stateOf(csrf))) return respond(401);
    if (query.get("code") !== providerCode) return respond(403);
    const target = cookies.get("flyte_redirect_location") ?? "/console";
    return redirect(307, target, sessionCookies(await this.#parts.newSession()));
  }

  /** Clears the browser's cookies; copies of them continue working. */
  logout(query: URLSearchParams): Response {
    const names = ["flyte_at", "flyte_at_1", "flyte_at_2", "flyte_rt", "flyte_idt"];
    const cookies = names.map((name) => expireCookie(name, this.#parts.now()));
    const target = query.get("redirect_url");
    return target === null ? respond(200, cookies) : redirect(307, target, cookies);
  }

  #mayReturnTo(target: string): boolean {
    if (/^\/(?!\/)/.test(target)) return true;
    const { authorizedUris } = this.#parts;
    return (
      URL.canParse(target) &&
      authorizedUris?.some((uri) => new URL(uri).origin === new URL(target).origin) === true
    );
  }
}

/** Keeps the request to the authorization endpoint in a cookie over the login. */
export function keepRequest(query: string): Response {
  return redirect(307, "/login?redirect_url=/oauth2/authorize_callback", [
    setCookie("flyte_auth_code", sealCookie(query)),
  ]);
}

/** Reads what {@link keepRequest} kept. */
export function keptRequest(headers: Headers): URLSearchParams | undefined {
  const query = openCookie(cookiesOf(headers).get("flyte_auth_code"));
  return query === undefined ? undefined : new URLSearchParams(query);
}

/** A redirect as Go writes it. */
export function redirect(
  status: 303 | 307,
  location: string,
  cookies: readonly string[] = [],
): Response {
  const escaped = location.replaceAll("&", "&amp;");
  const name = status === 307 ? "Temporary Redirect" : "See Other";
  const response = new Response(`<a href="${escaped}">${name}</a>.\n\n`, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", location },
  });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

function respond(status: number, cookies: readonly string[] = []): Response {
  const response = new Response(null, { status });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/** The state that goes to the provider: the hash of the cookie. */
async function stateOf(csrf: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(csrf));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
