import type { Claims } from "../issuer/index.js";

/** The words of a server that could not read a token under a scheme. */
export function notFound(kind: "bearer" | "id", why: string): string {
  return `[JWT_VERIFICATION_FAILED] Could not retrieve ${kind} token from metadata, caused by: rpc error: code = Unauthenticated desc = ${why}`;
}

/** The whole refusal. The server has the two labels the wrong way round. */
export function refusalWords(bearer: string, idToken: string): string {
  return `token parse error id token err: access token err: ${bearer}, access token err: ${idToken}`;
}

/** The server's words for a wrong audience, which tell all the standard claims. */
export function wrongAudience(claims: Claims, wanted: readonly string[]): string {
  const text = (name: string) => {
    const value = claims[name];
    return typeof value === "string" ? value : "";
  };
  const times = ["exp", "iat", "nbf"].map((name) => goTime(claims[name]));
  const told = `[${audiencesOf(claims).join(" ")}] ${text("iss")} ${text("sub")} ${times.join(" ")} ${text("jti")}`;
  const map = [...wanted]
    .sort()
    .map((each) => `${each}:{}`)
    .join(" ");
  return `invalid audience [&{${told}}], wanted [map[${map}]]`;
}

/** The audiences of a token: a string is an array of one. */
export function audiencesOf(claims: Claims): readonly string[] {
  const aud = claims["aud"];
  if (typeof aud === "string") return [aud];
  return Array.isArray(aud) ? aud.filter((each) => typeof each === "string") : [];
}

/** A time in seconds as Go prints it. */
export function goTime(seconds: unknown): string {
  if (typeof seconds !== "number") return "0001-01-01 00:00:00 +0000 UTC";
  const [day = "", time = ""] = new Date(seconds * 1000).toISOString().split(/[T.]/);
  return `${day} ${time} +0000 UTC`;
}
