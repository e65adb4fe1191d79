import { isFlyteError } from "../../errors/index.js";
import {
  invalidOption,
  type OptionNames,
  requireKnownOptions,
  requireTimeLimit,
} from "../../internal/validation/index.js";
import { SignInError, signInError } from "../errors.js";
import { type FlowContext, renewByRefreshToken, type SignInFlow } from "../flow.js";
import type { AuthToken } from "../token.js";

/** The address and code with which a person signs in on another device. */
export interface DeviceCode {
  /** The address to open. */
  readonly verificationUri: string;
  /** The same with the code in it, for a link or a QR code. */
  readonly verificationUriComplete: string | undefined;
  /** The code to enter there. */
  readonly userCode: string;
  /** When the code ends, in milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** Options of a sign-in on another device. */
export interface DeviceCodeOptions {
  /** Shows the person where to go and what to enter. */
  readonly show: (code: DeviceCode) => void;
  /**
   * The longest time to wait for the person, in milliseconds. The issuer's own limit holds too.
   * @defaultValue 600000 (10 minutes)
   */
  readonly timeoutMs?: number | undefined;
}

const optionNames: OptionNames<DeviceCodeOptions> = { show: true, timeoutMs: true };

/** The time that `slow_down` adds between two polls, in milliseconds (RFC 8628). */
const slowDownMs = 5_000;
const defaultIntervalMs = 5_000;
const defaultTimeoutMs = 600_000;

/**
 * Signs a person in who opens a page on any device and enters a code there. FlyteAdmin's own
 * issuer does not offer it; issuers such as Okta, Google and Keycloak do.
 */
export function deviceCode(options: DeviceCodeOptions): SignInFlow {
  requireKnownOptions(options, optionNames, "options", "an object with show");
  if (typeof options.show !== "function") throw invalidOption("show", "a function", options.show);
  requireTimeLimit(options.timeoutMs);
  return {
    isInteractive: true,
    isRenewable: true,
    renew: renewByRefreshToken,
    signIn: (context) => signIn(context, options),
  };
}

async function signIn(context: FlowContext, options: DeviceCodeOptions): Promise<AuthToken> {
  const { oauth, nowMs, wait, signal } = context;
  const device = await oauth.startDevice(signal);
  const limitMs = Math.min(device.expiresInMs, options.timeoutMs ?? defaultTimeoutMs);
  const expiresAtMs = nowMs() + limitMs;
  options.show({
    verificationUri: device.verificationUri,
    verificationUriComplete: device.verificationUriComplete,
    userCode: device.userCode,
    expiresAtMs,
  });
  let intervalMs = device.intervalMs ?? defaultIntervalMs;
  for (;;) {
    if (nowMs() + intervalMs >= expiresAtMs) throw timedOut();
    await wait(intervalMs, signal);
    try {
      return await oauth.pollDevice(signal, device.deviceCode);
    } catch (error) {
      const next = nextIntervalMs(error, intervalMs);
      if (next === undefined) throw error;
      intervalMs = next;
    }
  }
}

/** Returns the wait before the next question after a failure, or `undefined` when it is final. */
function nextIntervalMs(error: unknown, intervalMs: number): number | undefined {
  // A broken connection is no answer; RFC 8628 asks to become slower.
  if (isFlyteError(error, "UNAVAILABLE")) return intervalMs * 2;
  if (!(error instanceof SignInError)) return undefined;
  switch (error.oauthError) {
    case "authorization_pending":
      return intervalMs;
    case "slow_down":
      return intervalMs + slowDownMs;
    case "expired_token":
      throw timedOut();
    case "access_denied":
      throw signInError("the person or the issuer denied the sign-in", "Sign in again.", {
        reason: "denied",
        oauthError: error.oauthError,
      });
    default:
      return undefined;
  }
}

function timedOut(): SignInError {
  return signInError("the code was not entered in time", "Sign in again.", {
    reason: "timedOut",
    oauthError: "expired_token",
  });
}
