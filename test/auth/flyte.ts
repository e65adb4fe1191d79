import { AdminClient, createAuth, type AuthOptions } from "../../src/index.js";
import { FakeIssuer, InMemoryFlyteAdmin, type SignInOptions } from "../../src/testing.js";

/** A clock that is set by hand. */
export interface Clock {
  ms: number;
}

/** A FlyteAdmin that demands tokens of its own issuer or of another one, and a client of it, all in process. */
export function setUp(
  options: Omit<AuthOptions, "baseUrl">,
  server: {
    readonly isExternal?: boolean;
    readonly signIn?: SignInOptions;
    readonly off?: boolean;
  } = {},
) {
  const clock: Clock = { ms: Date.parse("2026-11-24T12:00:00Z") };
  const now = () => new Date(clock.ms);
  const issuer = new FakeIssuer({ now });
  const signIn =
    server.isExternal === true
      ? { issuer, allowedAudience: [issuer.url], ...server.signIn }
      : (server.signIn ?? {});
  const flyte = new InMemoryFlyteAdmin({
    projects: ["flytesnacks"],
    now,
    ...(server.off === true ? {} : { signIn }),
  });
  const baseUrl = "http://127.0.0.1:30002";
  /** Requests to either host, as the network would take them. */
  const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    return request.url.startsWith(issuer.url) ? issuer.fetch(request) : flyte.fetch(request);
  };
  const auth = createAuth({ baseUrl, fetch, now, ...options });
  const admin = new AdminClient({ baseUrl, fetch, auth, retry: false });
  /** The API calls that were made, and their codes. */
  const calls = () =>
    flyte.calls
      .filter(
        (call) =>
          call.rpc !== undefined && !/^Get(PublicClientConfig|OAuth2Metadata)$/.test(call.rpc),
      )
      .map((call) => `${call.rpc ?? ""} ${call.code ?? ""}`);
  /** How often tokens were asked for at the server's own issuer. */
  const tokenRequests = () =>
    flyte.calls.filter((call) => call.path?.startsWith("/oauth2/token") === true).length;
  return { clock, issuer, flyte, auth, admin, fetch, calls, tokenRequests, baseUrl };
}

/** Follows a browser's redirects with its cookies until it leaves for an address that is not the server's. */
export async function browse(
  start: string,
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  until: (url: string) => boolean,
): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let hop = 0; hop < 10; hop++) {
    if (until(url)) return url;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { headers: { cookie }, redirect: "manual" });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`no redirect from ${url}: ${response.status}`);
    url = new URL(location, url).href;
  }
  throw new Error("too many redirects");
}
