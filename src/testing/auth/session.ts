import type { Claims } from "../issuer/index.js";
import { cookiesOf, openCookie, sealCookie, setCookie } from "./cookies.js";

/** The content of a browser's session cookies. */
export interface Session {
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** The person's claims, where the cookie for them came along. */
  readonly userInfo: Claims | undefined;
}

/** The session of a request: only with the ID token and both halves of the access token. */
export function sessionOf(headers: Headers): Session | undefined {
  const cookies = cookiesOf(headers);
  const idToken = openCookie(cookies.get("flyte_idt"));
  const first = openCookie(cookies.get("flyte_at_1"));
  const second = openCookie(cookies.get("flyte_at_2"));
  if (idToken === undefined || first === undefined || second === undefined) return undefined;
  const userInfo = openCookie(cookies.get("flyte_user_info"));
  return {
    idToken,
    accessToken: first + second,
    refreshToken: openCookie(cookies.get("flyte_rt")),
    // Only the server writes sealed cookies, and it writes an object.
    userInfo: userInfo === undefined ? undefined : (JSON.parse(userInfo) as Claims),
  };
}

/** The cookies of a session. */
export function sessionCookies(session: Session): readonly string[] {
  const half = session.accessToken.length >> 1;
  const values: Readonly<Record<string, string | undefined>> = {
    flyte_at_1: session.accessToken.slice(0, half),
    flyte_at_2: session.accessToken.slice(half),
    flyte_idt: session.idToken,
    flyte_rt: session.refreshToken,
    flyte_user_info: session.userInfo === undefined ? undefined : JSON.stringify(session.userInfo),
  };
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [setCookie(name, sealCookie(value))],
  );
}
