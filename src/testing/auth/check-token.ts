import { Code, ConnectError } from "@connectrpc/connect";

import type { Claims, SigningKeys } from "../issuer/index.js";
import { audiencesOf, goTime, wrongAudience } from "./go-words.js";

/** The conditions that a token must meet. */
export interface TokenRules {
  readonly keys: SigningKeys;
  /** Whether another server is the issuer: its texts differ. */
  readonly isExternal: boolean;
  readonly audiences: readonly string[];
  readonly nowSeconds: number;
}

/** A token's claims, or why it is refused. */
export type Checked = { readonly claims: Claims } | { readonly why: string };

/**
 * Checks an access token as the server does: signature, times without any allowance, audience.
 * The issuer is not compared.
 *
 * @throws ConnectError INTERNAL without a text for claims of a type that the server does not expect: it panics
 */
export async function checkAccessToken(token: string, rules: TokenRules): Promise<Checked> {
  const read = await rules.keys.read(token);
  if (read === undefined) return { why: malformed(token, rules.isExternal) };
  const { header, claims, isSigned } = read;
  if (header["alg"] !== "RS256" && !rules.isExternal) {
    return { why: `unexpected signing method: ${String(header["alg"])}` };
  }
  if (!isSigned) {
    return {
      why: rules.isExternal
        ? "failed to verify id token signature"
        : "crypto/rsa: verification error",
    };
  }
  const untimely = timeFault(claims, rules.nowSeconds);
  if (untimely !== undefined) {
    return { why: rules.isExternal ? `failed to validate token: ${untimely}` : untimely };
  }
  if (!audiencesOf(claims).some((audience) => rules.audiences.includes(audience))) {
    return { why: wrongAudience(claims, rules.audiences) };
  }
  const scp = claims["scp"];
  if (typeof scp === "number") {
    return {
      why: `failed getting scope claims due to  unknown type float64 with value ${String(scp)}`,
    };
  }
  if (makesPanic(claims)) throw new ConnectError("", Code.Internal);
  return { claims };
}

/** The conditions that an ID token must meet. */
export interface IdTokenRules {
  readonly keys: SigningKeys;
  readonly issuer: string;
  readonly clientId: string;
  readonly nowSeconds: number;
}

/** Checks an ID token of the login provider: here the issuer counts, and `nbf` has five minutes' allowance. */
export async function checkIdToken(token: string, rules: IdTokenRules): Promise<Checked> {
  const failed = (words: string) => ({
    why: `[JWT_VERIFICATION_FAILED] jwt parse with claims failed, caused by: ${words}`,
  });
  const parts = token.split(".").length;
  const read = await rules.keys.read(token);
  if (read === undefined) {
    return failed(`oidc: malformed jwt: oidc: malformed jwt, expected 3 parts got ${parts}`);
  }
  const { claims, isSigned } = read;
  const { iss, exp, nbf } = claims;
  if (iss !== rules.issuer) {
    return failed(
      `oidc: id token issued by a different provider, expected ${JSON.stringify(rules.issuer)} got ${JSON.stringify(iss ?? "")}`,
    );
  }
  const audiences = audiencesOf(claims);
  if (!audiences.includes(rules.clientId)) {
    const got = `[${audiences.map((each) => JSON.stringify(each)).join(" ")}]`;
    return failed(`oidc: expected audience ${JSON.stringify(rules.clientId)} got ${got}`);
  }
  if (typeof exp !== "number" || exp < rules.nowSeconds) {
    const words = failed(`oidc: token is expired (Token Expiry: ${goTime(exp)})`).why;
    return { why: `[JWT_EXPIRED] token is expired, caused by: ${words}` };
  }
  if (typeof nbf === "number" && nbf > rules.nowSeconds + 300) {
    return failed(
      `oidc: current time ${goTime(rules.nowSeconds)} before the nbf (not before) time: ${goTime(nbf)}`,
    );
  }
  if (!isSigned) return failed("failed to verify signature: failed to verify id token signature");
  return { claims };
}

/** The scopes that the server reads in a token: `scp` only, and `all` for a token without scopes and client. */
export function effectiveScopes(claims: Claims): readonly unknown[] {
  const { scp, client_id: clientId } = claims;
  const scopes: readonly unknown[] =
    typeof scp === "string" ? [scp] : Array.isArray(scp) ? scp : [];
  const hasClient = typeof clientId === "string" && clientId !== "";
  return scopes.length === 0 && !hasClient ? ["all"] : scopes;
}

function malformed(token: string, isExternal: boolean): string {
  const parts = token.split(".");
  if (isExternal) {
    return "oidc: malformed jwt: go-jose/go-jose: compact JWS format must have three parts";
  }
  if (parts.length !== 3) return "token contains an invalid number of segments";
  const at = (parts[0] ?? "").search(/[^\w-]/);
  return `illegal base64 data at input byte ${Math.max(0, at)}`;
}

/** The last fault counts, in the order in which the server looks. */
function timeFault(claims: Claims, nowSeconds: number): string | undefined {
  const { exp, iat, nbf } = claims;
  if (typeof nbf === "number" && nbf > nowSeconds) return "Token is not valid yet";
  if (typeof iat === "number" && iat > nowSeconds) return "Token used before issued";
  if (exp === undefined) return undefined;
  return typeof exp === "number" && exp > nowSeconds ? undefined : "Token is expired";
}

function makesPanic(claims: Claims): boolean {
  const { client_id: clientId, user_info: userInfo, email, scp } = claims;
  return (
    (clientId !== undefined && typeof clientId !== "string") ||
    (userInfo !== undefined && typeof userInfo !== "object") ||
    (email !== undefined && typeof email !== "string") ||
    (Array.isArray(scp) && scp.some((scope) => typeof scope !== "string"))
  );
}
